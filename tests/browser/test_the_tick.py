"""The page's own clockwork: it ticks while seen, stops when asked, says what it does not know."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import open_page_at, open_panel, record_ticks, wait_for_silence, wait_for_tick
from tests.support.running_stack import RunningStack

NAME = 'section[data-section="identity"] h2'


def test_a_cold_panel_becomes_live_by_itself(narrow: Page, stack: RunningStack) -> None:
    narrow.goto(stack.launch_url(stack.create_visit("documented")))

    expect(narrow.locator("#panel")).to_have_attribute("data-state", "live")
    expect(narrow.locator(NAME)).to_contain_text("John Doe")


def test_the_address_bar_forgets_the_ticket_and_a_reload_works(narrow: Page, stack: RunningStack) -> None:
    open_panel(narrow, stack, stack.create_visit("documented"))
    assert re.fullmatch(rf"{re.escape(stack.url)}/panel/\w+/#[\w-]+", narrow.url)

    narrow.reload()

    expect(narrow.locator(NAME)).to_contain_text("John Doe")


def test_a_tick_sends_the_token_and_no_address_of_the_page(narrow: Page, stack: RunningStack) -> None:
    ticks = record_ticks(narrow)
    open_panel(narrow, stack, stack.create_visit("documented"))
    wait_for_tick(narrow, ticks)

    for tick in ticks:
        headers = tick.all_headers()
        assert headers["x-lpcontext-panel"]
        assert "hx-current-url" not in headers
        assert "referer" not in headers
        assert "cookie" not in headers


def test_pausing_stops_the_ticks_and_says_so(narrow: Page, stack: RunningStack) -> None:
    open_panel(narrow, stack, stack.create_visit("documented"))
    narrow.get_by_role("button", name=re.compile("pause", re.I)).click()
    narrow.wait_for_timeout(500)
    ticks = record_ticks(narrow)

    narrow.wait_for_timeout(2500)

    assert ticks == []
    resume = narrow.get_by_role("button", name=re.compile("resume", re.I))
    resume.click()
    wait_for_tick(narrow, ticks)


def test_refresh_now_asks_at_once(narrow: Page, stack: RunningStack) -> None:
    open_panel(narrow, stack, stack.create_visit("documented"))
    ticks = record_ticks(narrow)

    narrow.get_by_role("button", name=re.compile("refresh now", re.I)).click()

    wait_for_tick(narrow, ticks, query="now=1")


def test_an_ended_visit_stops_ticking(narrow: Page, stack: RunningStack) -> None:
    subject = stack.create_visit("documented")
    open_panel(narrow, stack, subject)
    stack.fault("ended", subject)

    expect(narrow.locator("#panel")).to_have_attribute("data-state", "ended")
    narrow.wait_for_timeout(500)
    ticks = record_ticks(narrow)
    narrow.wait_for_timeout(2500)

    assert ticks == []
    expect(narrow.locator(NAME)).to_contain_text("John Doe")


def test_a_change_is_said_once_to_screen_readers(narrow: Page, stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    open_panel(narrow, stack, subject)
    stack.fault("503", subject)

    expect(narrow.locator("#panel")).to_have_attribute("data-state", "cached")

    assert narrow.locator('[role="status"]').count() == 1
    expect(narrow.locator('[role="status"]')).not_to_be_empty()


def test_old_data_says_that_it_is_old_when_our_server_is_silent(page: Page, stack: RunningStack) -> None:
    open_panel(page, stack, stack.create_visit("documented"))

    page.route("**/panel/body*", lambda route: route.abort())

    expect(page.locator("#strip")).to_contain_text(re.compile("offline|not current", re.I))


def test_what_is_new_since_the_call_is_marked(narrow: Page, stack: RunningStack) -> None:
    subject = stack.create_visit("vip")
    open_panel(narrow, stack, subject)

    open_page_at(stack, subject, "Returns")

    expect(narrow.locator('section[data-section="pages"]')).to_contain_text(re.compile("call", re.I))


def test_a_frame_that_is_not_seen_does_not_tick(page: Page, stack: RunningStack) -> None:
    page.goto(f"{stack.emulator_url}/desk/#vip")
    expect(page.frame_locator("iframe").locator("#panel")).to_have_attribute("data-state", "live")
    page.evaluate("() => { document.querySelector('iframe').style.display = 'none' }")
    ticks = record_ticks(page)

    wait_for_silence(page, ticks)
    page.evaluate("() => { document.querySelector('iframe').style.display = '' }")

    wait_for_tick(page, ticks)


# The page's own module: the same instance its script has.
READ_SKEW_MS = "(await import('/static/panel/times.js')).readSkewMs()"


def test_a_clock_that_was_put_right_is_believed_again(narrow: Page, stack: RunningStack) -> None:
    open_panel(narrow, stack, stack.create_visit("documented"))
    narrow.evaluate("() => { const real = Date.now; window.clockOff = 3_600_000; Date.now = () => real() - clockOff }")
    narrow.wait_for_function(f"async () => Math.abs({READ_SKEW_MS} - 3_600_000) < 10_000")

    narrow.evaluate("() => { window.clockOff = 0 }")

    narrow.wait_for_function(f"async () => {READ_SKEW_MS} === 0")
    expect(narrow.locator("#as-of")).to_contain_text(re.compile(r"as of \d+ s ago"))
