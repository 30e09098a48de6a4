"""A frame that lacks a permission is told which, in the panel; nothing is tried for ever that cannot work."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import PERMISSIONS, frame_panel, record_ticks
from tests.browser.test_revealing import DESK
from tests.support.running_stack import RunningStack


def frame_without(page: Page, stack: RunningStack, missing: str) -> FrameLocator:
    """A warm panel, framed by the desk's page."""
    subject = stack.create_visit("documented")
    stack.wait_for(stack.open_panel(subject), "live")
    page.goto(f"{stack.emulator_url}/desk/")
    url = stack.launch_url(subject, origin=stack.emulator_url, agent=DESK)
    return frame_panel(page, url, permissions=[each for each in PERMISSIONS if each != missing])


def test_with_all_of_them_nothing_is_said(page: Page, stack: RunningStack) -> None:
    frame = frame_without(page, stack, "")

    expect(frame.locator("#panel")).to_have_attribute("data-state", "live")
    expect(frame.locator("#state")).to_have_text("Live")
    expect(frame.locator("#note")).to_be_hidden()


def test_without_allow_same_origin_it_says_so_and_does_not_tick(page: Page, stack: RunningStack) -> None:
    ticks = record_ticks(page)

    frame = frame_without(page, stack, "allow-same-origin")

    expect(frame.locator("#note")).to_contain_text(
        "This frame lacks allow-same-origin; whoever embeds the panel adds it"
    )
    expect(frame.locator("#state")).to_have_text("Not connected")
    expect(frame.locator("section[data-section='identity']")).to_contain_text("John Doe")
    expect(frame.locator("#refresh")).to_be_hidden()
    expect(frame.locator("#reveal")).to_be_hidden()
    page.wait_for_function("() => performance.now() > 5000")  # several ticks' time, in which the strip is drawn anew
    expect(frame.locator("#note")).to_contain_text("allow-same-origin")
    assert ticks == []


def test_it_says_so_also_where_modules_may_not_load_there(page: Page, stack: RunningStack) -> None:
    """As from a server of static files that names no origin that may read them."""
    page.route("**/static/panel*.js", lambda route: route.abort())
    page.route("**/static/panel/*.js", lambda route: route.abort())

    frame = frame_without(page, stack, "allow-same-origin")

    expect(frame.locator("#note")).to_contain_text("This frame lacks allow-same-origin")
    expect(frame.locator("#state")).to_have_text("Not connected")


def test_without_allow_scripts_it_says_so_beside_what_was_known(page: Page, stack: RunningStack) -> None:
    frame = frame_without(page, stack, "allow-scripts")

    expect(frame.locator("noscript p")).to_contain_text("the frame lacks allow-scripts")
    expect(frame.locator("noscript p")).to_be_visible()
    expect(frame.locator("section[data-section='identity']")).to_contain_text("John Doe")


def test_without_allow_popups_it_says_so_when_the_panel_is_to_stand_alone(page: Page, stack: RunningStack) -> None:
    frame = frame_without(page, stack, "allow-popups")

    frame.locator("#alone").click()

    expect(frame.locator("#note")).to_contain_text("This frame lacks allow-popups")
    expect(frame.locator("#state")).to_have_text("Live")  # it is said for a while


def test_with_allow_popups_the_panel_stands_alone_in_a_window(page: Page, stack: RunningStack) -> None:
    frame = frame_without(page, stack, "")

    with page.expect_popup() as opening:
        frame.locator("#alone").click()

    expect(opening.value.locator("#panel")).to_have_attribute("data-state", "live")
    assert opening.value.evaluate("window.opener") is None
    expect(frame.locator("#note")).to_be_hidden()


def test_without_allow_forms_it_says_so_when_one_is_sent(page: Page, stack: RunningStack) -> None:
    frame = frame_without(page, stack, "allow-forms")
    frame.locator("#reveal").click()
    frame.locator("#reveal-reason").fill("To call back")

    frame.locator("#reveal-form button[type=submit]").click()

    expect(frame.locator("#note")).to_contain_text("This frame lacks allow-forms")
