"""A panel whose right has ended closes and shows nothing of the visitor any more, nowhere on the page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import open_panel
from tests.support.operator_shell import run_in_shell
from tests.support.running_stack import RunningStack


def test_a_panel_whose_account_was_deleted_forgets_what_it_showed(page: Page, stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    open_panel(page, stack, subject)
    assert "John" in page.content()

    run_in_shell(stack, f"remove_account({subject.account!r})")

    expect(page.locator("#panel")).to_have_attribute("data-state", "refused")
    expect(page.locator("#panel-body")).to_be_empty()
    assert [text for text in ("John", "myname", "788-8877") if text in page.content()] == []
