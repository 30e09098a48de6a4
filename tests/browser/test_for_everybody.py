"""Readable by everybody: axe finds nothing, 258 px work, the keyboard reaches all, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import open_panel
from tests.support.running_stack import RunningStack

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("world", ["documented", "hostile", "vip"])
def test_axe_finds_nothing(narrow: Page, stack: RunningStack, world: str, scheme: str) -> None:
    narrow.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    open_panel(narrow, stack, stack.create_visit(world))
    narrow.wait_for_timeout(300)

    found = Axe().run(narrow, options=WCAG)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("fault", ["503", "not-found", "unauthorized"])
def test_axe_finds_nothing_in_trouble(narrow: Page, stack: RunningStack, fault: str) -> None:
    subject = stack.create_visit_apart("documented")
    stack.fault(fault, subject)
    narrow.goto(stack.launch_url(subject))
    narrow.wait_for_selector('#panel:not([data-state="waiting"])')

    found = Axe().run(narrow, options=WCAG)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [258, 320, 400, 760, 1280])
@pytest.mark.parametrize("world", ["documented", "hostile"])
def test_nothing_sticks_out_at_any_width(narrow: Page, stack: RunningStack, world: str, width: int) -> None:
    narrow.set_viewport_size({"width": width, "height": 700})
    open_panel(narrow, stack, stack.create_visit(world))

    sticking = narrow.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert sticking <= 0


def test_the_keyboard_reaches_every_control(narrow: Page, stack: RunningStack) -> None:
    open_panel(narrow, stack, stack.create_visit("vip"))
    wanted = narrow.locator("button:visible, summary:visible, a[href]:visible, input:visible").count()
    reached = set()

    for _ in range(wanted + 5):
        narrow.keyboard.press("Tab")
        reached.add(narrow.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))

    assert len(reached - {-1}) >= wanted


def test_hostile_text_is_only_text(narrow: Page, stack: RunningStack) -> None:
    open_panel(narrow, stack, stack.create_visit("hostile"))

    assert narrow.evaluate("window.hacked") is None
    assert narrow.locator("#panel-body script").count() == 0
    hrefs = narrow.eval_on_selector_all("#panel-body a[href]", "links => links.map(link => link.protocol)")
    assert set(hrefs) <= {"http:", "https:"}
