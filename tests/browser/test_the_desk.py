"""The demo CRM desk frames the real panel from another origin, in a sandbox, without cookies."""

from __future__ import annotations

from playwright.sync_api import Page, expect

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
    stack.open(url)
    page.goto(f"{stack.emulator_url}/desk/#vip")
    expect(page.frame_locator("iframe").locator("#panel")).to_have_attribute("data-state", "live")

    page.evaluate("url => document.querySelector('iframe').src = url", url)

    expect(page.frame_locator("iframe").locator("h1")).to_have_text("This address has been used")
