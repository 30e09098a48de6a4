"""The demo CRM desk frames the real panel from another origin, in a sandbox, without cookies."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PERMISSIONS, frame_panel
from tests.support.running_stack import RunningStack


def test_a_call_taken_at_the_desk_shows_the_callers_panel(page: Page, stack: RunningStack) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{stack.emulator_url}/desk/")
    page.locator("[data-world='vip'], button:has-text('VIP'), li button").first.click()

    frame = page.frame_locator("iframe")

    expect(frame.locator("#panel")).to_have_attribute("data-state", "live")
    assert page.context.cookies() == []


def test_a_spent_ticket_says_so_inside_the_frame(page: Page, stack: RunningStack) -> None:
    url = stack.launch_url(stack.create_visit("documented"))
    page.context.new_page().goto(url)
    page.goto(f"{stack.emulator_url}/desk/#vip")
    expect(page.frame_locator("iframe").locator("#panel")).to_have_attribute("data-state", "live")

    page.evaluate("url => document.querySelector('iframe').src = url", url)

    expect(page.frame_locator("iframe").locator("h1")).to_have_text("This address has been used")


def test_a_frame_that_the_crm_moves_says_what_to_do(page: Page, stack: RunningStack) -> None:
    """Browsers load a frame anew that is taken out and put in elsewhere: from its first address, which is spent."""
    page.goto(f"{stack.emulator_url}/desk/#vip")
    expect(page.frame_locator("iframe").locator("#panel")).to_have_attribute("data-state", "live")

    page.evaluate("document.body.append(document.querySelector('iframe'))")

    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text("This address has been used")
    expect(frame.locator("main")).to_contain_text("Ask for it again in your CRM")


def send_without_mode(route: Route) -> None:
    """The browser itself would add `Sec-Fetch-Mode` after us."""
    headers = {name: value for name, value in route.request.headers.items() if not name.startswith("sec-fetch-")}
    route.fulfill(response=route.fetch(headers=headers))


def test_a_frame_whose_browser_says_nothing_of_itself_opens_without_a_click(page: Page, stack: RunningStack) -> None:
    """As one from before 2023, or any over plain http: what it is asked for by the form is the panel."""
    page.route("**/launch/ticket/*", send_without_mode)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)

    page.goto(f"{stack.emulator_url}/desk/#vip")

    expect(page.frame_locator("iframe").locator("#panel")).to_have_attribute("data-state", "live")
    assert len([url for url in posts if "/launch/ticket/" in url]) == 1


def test_such_a_browser_is_told_when_its_frame_may_send_no_form(page: Page, stack: RunningStack) -> None:
    page.route("**/launch/ticket/*", send_without_mode)
    page.goto(f"{stack.emulator_url}/desk/")
    url = stack.launch_url(stack.create_visit("documented"), origin=stack.emulator_url)

    frame = frame_panel(page, url, permissions=[each for each in PERMISSIONS if each != "allow-forms"])

    expect(frame.locator("#blocked")).to_be_visible()
    expect(frame.locator("#blocked")).to_contain_text("This frame lacks allow-forms")


def test_such_a_browser_opens_it_in_a_window_with_one_click(page: Page, stack: RunningStack) -> None:
    page.route("**/launch/ticket/*", send_without_mode)
    page.goto(stack.launch_url(stack.create_visit("documented")))

    page.get_by_role("button", name="Open the panel").click()

    expect(page.locator("#panel")).to_have_attribute("data-state", "live")


WAYS = ("ticket", "signed_post", "canvas", "zendesk", "click_to_call")
REFUSED = re.compile("This panel cannot be opened|This address has been used")


def take_call(page: Page, stack: RunningStack, *, opened_by: str = "ticket", caller: str = "vip") -> None:
    """The panel is live when this ends, opened that way."""
    page.set_viewport_size({"width": 1280, "height": 850})
    page.goto(f"{stack.emulator_url}/desk/#{caller}")
    expect(page.frame_locator("iframe").locator("#panel")).to_have_attribute("data-state", "live")
    if opened_by != "ticket":
        with page.expect_request(lambda request: "/launch/" in request.url):
            page.get_by_label("Opened by").select_option(opened_by)
    expect(page.frame_locator("iframe").locator("#panel")).to_have_attribute("data-state", "live")


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_opening_it_leads_to_a_live_panel(page: Page, stack: RunningStack, way: str) -> None:
    take_call(page, stack, opened_by=way)

    identity = page.frame_locator("iframe").locator("section[data-section='identity']")
    expect(identity).to_contain_text("Eleonora Bianchi-Hartmann")
    assert page.context.cookies() == []


@pytest.mark.parametrize("way", WAYS)
def test_what_opens_it_opens_it_once(page: Page, stack: RunningStack, way: str) -> None:
    take_call(page, stack, opened_by=way)

    page.get_by_label("Make trouble").select_option("used")

    expect(page.frame_locator("iframe").locator("h1")).to_have_text(REFUSED)


@pytest.mark.parametrize("way", WAYS[1:])
def test_what_is_forged_opens_nothing_until_it_is_opened_well_again(page: Page, stack: RunningStack, way: str) -> None:
    take_call(page, stack, opened_by=way)

    page.get_by_label("Make trouble").select_option("forged")
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("This panel cannot be opened")
    page.get_by_label("Make trouble").select_option("")

    expect(page.frame_locator("iframe").locator("#panel")).to_have_attribute("data-state", "live")


def test_a_trouble_stays_when_the_panel_is_opened_in_another_way(page: Page, stack: RunningStack) -> None:
    before = stack.control("GET", "faults")
    take_call(page, stack, caller="bank")  # of whom LivePerson then knows nothing, for a while
    trouble, panel = page.get_by_label("Make trouble"), page.frame_locator("iframe").locator("#panel")
    trouble.select_option("visitor")
    expect(panel).to_have_attribute("data-state", "wrong-visitor")

    with page.expect_response("**/desk/trouble"):
        page.get_by_label("Opened by").select_option("canvas")

    expect(panel).to_have_attribute("data-state", "wrong-visitor")
    expect(trouble).to_have_value("visitor")
    with page.expect_response("**/desk/trouble"):
        trouble.select_option("")
    assert [fault for fault in stack.control("GET", "faults") if fault not in before] == []


def test_the_desk_says_why_a_forged_ticket_shows_nothing_at_all(page: Page, stack: RunningStack) -> None:
    take_call(page, stack)

    page.get_by_label("Make trouble").select_option("forged")

    expect(page.get_by_role("alert")).to_contain_text("A forged address names no account")


def test_the_audit_shows_what_was_just_done(page: Page, stack: RunningStack) -> None:
    page.context.grant_permissions(["clipboard-write"])
    take_call(page, stack, opened_by="canvas")
    frame = page.frame_locator("iframe")
    frame.locator("section[data-section='identity'] button.copy").first.click()
    frame.locator("#reveal").click()
    frame.locator("#reveal-reason").fill("Customer asked")
    frame.locator("#reveal-reason").press("Enter")
    expect(frame.locator("#revealed")).to_contain_text("Shown for")
    page.get_by_label("Make trouble").select_option("forged")
    expect(frame.locator("h1")).to_have_text("This panel cannot be opened")

    page.get_by_text("Audit: what the panel has recorded").click()

    newest = page.locator("#records tr")
    for action in ("opened", "copied", "revealed", "refused"):
        expect(newest.filter(has_text=action).first).to_be_visible()
    expect(page.locator("#records tr[data-action='revealed']").first).to_contain_text("Customer asked")
    expect(page.locator("#records tr[data-action='refused']").first).to_contain_text("signature")
    expect(page.locator("#records tr[data-action='opened']").first).to_contain_text("canvas")
