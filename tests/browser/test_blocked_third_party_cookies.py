"""In a CRM of another site, in a browser that blocks third-party cookies: opens, is asked, reveals, acts and stays.

`FRAMED_SECONDS=120` keeps it there for two minutes, as a call does; without it for a few changes of the visit.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, FrameLocator, Page, expect

from tests.browser.conftest import CHROMIUM, QUIET, frame_panel, open_page_at, record_ticks, wait_for_tick
from tests.browser.test_revealing import DESK, HIDDEN, SHOWN
from tests.support.running_stack import RunningStack
from tests.support.waiting import PATIENCE_SECONDS

SECONDS = float(os.environ.get("FRAMED_SECONDS", "0"))
CHANGES = 4
_TRY_COOKIE = "() => { document.cookie = 'tried=1; SameSite=None; Secure; path=/'; return document.cookie; }"


@pytest.fixture
def crm(browser_type: BrowserType, tmp_path: Path) -> Iterator[Page]:
    """A page of a browser whose user has chosen to block third-party cookies."""
    preferences = tmp_path / "Default" / "Preferences"
    preferences.parent.mkdir()
    preferences.write_text(json.dumps({"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}))
    context = browser_type.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=QUIET, permissions=["clipboard-write"]
    )
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    yield context.new_page()
    context.close()


def test_a_panel_needs_no_cookie_where_none_is_let_in(crm: Page, stack: RunningStack) -> None:
    """The desk is at 127.0.0.1 and the panel at localhost: two sites."""
    subject = stack.create_visit("checkout")
    crm.goto(f"{stack.emulator_url}/desk/")
    frame = frame_panel(crm, stack.launch_url(subject, origin=stack.emulator_url, agent=DESK))
    expect(frame.locator("#panel")).to_have_attribute("data-state", "live")
    inner = next(each for each in crm.frames if each.url.startswith(stack.url))
    assert inner.evaluate(_TRY_COOKIE) == ""

    ticks, begun, changes = record_ticks(crm), time.monotonic(), 0
    while changes < CHANGES or time.monotonic() - begun < SECONDS:
        changes += 1
        open_page_at(stack, subject, f"Step{changes}")
        expect(frame.locator("[data-section='now']")).to_contain_text(f"Step{changes}")

    assert len(ticks) >= changes
    expect(frame.locator("#panel")).to_have_attribute("data-state", "live")
    act(crm, frame)
    assert crm.context.cookies() == []


def act(crm: Page, frame: FrameLocator) -> None:
    """What an agent does in a panel: reveal and hide again, pause and go on, ask now, copy, reload."""
    frame.locator("#reveal").click()
    frame.locator("#reveal-reason").fill("To call back")
    frame.locator("#reveal-reason").press("Enter")
    expect(frame.locator("#panel-body")).to_contain_text(SHOWN)
    frame.locator("#hide-again").click()
    expect(frame.locator("#panel-body")).to_contain_text(HIDDEN)
    frame.locator("#pause").click()
    expect(frame.locator("#state")).to_have_text("Paused")
    frame.locator("#pause").click()
    expect(frame.locator("#state")).to_have_text("Live")
    ticks = record_ticks(crm)
    frame.locator("#refresh").click()
    wait_for_tick(crm, ticks, query="now=1")
    frame.locator("#panel-body button.copy").first.click()
    expect(frame.locator("#said")).to_have_text("Copied")
    frame.locator("#panel").evaluate("() => location.reload()")
    expect(frame.locator("#panel")).to_have_attribute("data-state", "live")


def test_that_browser_does_keep_a_cookie_of_the_page_in_its_window(crm: Page, stack: RunningStack) -> None:
    """Else the one above would prove nothing."""
    crm.goto(f"{stack.url}/login/")

    assert "tried=1" in crm.evaluate(_TRY_COOKIE)
