"""While an agent reads, scrolls, selects or types, the panel changes under their eyes and not under their hands."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import open_page_at, open_panel
from tests.support.running_stack import RunningStack


def see_change(page: Page, stack: RunningStack, subject: object, title: str) -> None:
    """Make the visitor move, and wait until the panel shows it."""
    open_page_at(stack, subject, title)  # type: ignore[arg-type]
    expect(page.locator("#panel-body")).to_contain_text(title)


def test_the_scroll_position_stays(narrow: Page, stack: RunningStack) -> None:
    subject = stack.create_visit("vip")
    open_panel(narrow, stack, subject)
    narrow.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    mark = narrow.locator('section[data-section="session"]')
    before = narrow.evaluate("window.scrollY")
    assert before > 200

    see_change(narrow, stack, subject, "Returns")

    after = narrow.evaluate("window.scrollY")
    assert mark.is_visible()
    assert after >= before  # the page may have grown above; nothing jumps back


def test_the_focus_stays(narrow: Page, stack: RunningStack) -> None:
    subject = stack.create_visit("vip")
    open_panel(narrow, stack, subject)
    summary = narrow.locator(
        'section[data-section="session"] summary, details:has([data-section="session"]) summary'
    ).first
    summary.focus()
    summary.evaluate("element => { element.dataset.test = 'focused' }")

    see_change(narrow, stack, subject, "Returns")

    assert narrow.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_selection_stays(narrow: Page, stack: RunningStack) -> None:
    subject = stack.create_visit("vip")
    open_panel(narrow, stack, subject)
    narrow.evaluate(
        "() => getSelection().selectAllChildren(document.querySelector('section[data-section=\"identity\"] h2'))"
    )
    selected = narrow.evaluate("getSelection().toString()")
    assert selected

    see_change(narrow, stack, subject, "Returns")

    assert narrow.evaluate("getSelection().toString()") == selected


def test_an_opened_part_stays_open(narrow: Page, stack: RunningStack) -> None:
    subject = stack.create_visit("vip")
    open_panel(narrow, stack, subject)
    details = narrow.locator("#panel-body details:not([open])").first
    name = details.locator("summary").inner_text()
    details.locator("summary").click()

    see_change(narrow, stack, subject, "Returns")

    still = narrow.locator("#panel-body details[open] summary", has_text=name.split("\n")[0])
    expect(still.first).to_be_visible()


def test_typed_text_stays_and_so_does_the_caret(narrow: Page, stack: RunningStack) -> None:
    subject = stack.create_visit("vip")
    open_panel(narrow, stack, subject)
    find = narrow.locator("#panel-body input").first
    find.fill("gift")
    find.press("ArrowLeft")

    open_page_at(stack, subject, "Returns")
    expect(narrow.locator('section[data-section="now"]')).to_contain_text("Returns")

    assert find.input_value() == "gift"
    assert find.evaluate("element => element === document.activeElement && element.selectionStart") == 3


def test_a_closed_part_stays_closed(narrow: Page, stack: RunningStack) -> None:
    subject = stack.create_visit("vip")
    open_panel(narrow, stack, subject)
    closed = narrow.locator("#panel-body details:not([open])").count()

    see_change(narrow, stack, subject, "Returns")

    assert narrow.locator("#panel-body details:not([open])").count() == closed


def test_a_chosen_filter_stays_chosen(narrow: Page, stack: RunningStack) -> None:
    subject = stack.create_visit("checkout")
    open_panel(narrow, stack, subject)
    chips = narrow.locator("[data-filter]:visible")
    chip = chips.nth(1)
    chip.click()
    assert chip.get_attribute("aria-pressed") == "true"

    open_page_at(stack, subject, "Returns")
    expect(narrow.locator('section[data-section="now"]')).to_contain_text("Returns")

    assert narrow.locator("[data-filter]:visible").nth(1).get_attribute("aria-pressed") == "true"
