"""A panel whose right has ended closes and shows nothing of the visitor any more, nowhere on the page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import open_panel
from tests.support.house import House
from tests.support.operating import operate


def test_a_panel_whose_account_was_deleted_forgets_what_it_showed(page: Page, house: House) -> None:
    subject = house.mint_apart("documented")
    open_panel(page, house, subject)
    assert "John" in page.content()

    operate(house, f"remove_account({subject.account!r})")

    expect(page.locator("#panel")).to_have_attribute("data-state", "refused", timeout=60_000)
    expect(page.locator("#panel-body")).to_be_empty()
    assert [told for told in ("John", "myname", "788-8877") if told in page.content()] == []
