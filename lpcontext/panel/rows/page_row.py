"""One page that the visitor opened, with what happened on it, newest first."""

from __future__ import annotations

import msgspec
from django.utils.safestring import SafeString

from lpcontext.masking import Masker
from lpcontext.panel.rows.event_row import EventRow, build_event_rows, describe_hidden_events
from lpcontext.panel.rows.page_offers import PageOffer
from lpcontext.panel.wording.address import Address
from lpcontext.panel.wording.time_tags import format_clock
from lpcontext.visits import Page, PageView

_NO_PAGE = Page()


class PageRow(msgspec.Struct, frozen=True, gc=False):
    """`id` counts pages from the first, so that a row keeps its element while newer ones arrive above it."""

    id: str
    place: str
    page: Address
    times: str
    when: SafeString
    rows: list[EventRow]
    more: str


class NumberedPage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page before it is worded. `place` is "here" where the visitor is, "last" where they were last seen, else ""."""

    view: PageView
    number: int
    offers: tuple[PageOffer, ...]
    place: str = ""


def build_page_row(numbered: NumberedPage, masker: Masker) -> PageRow:
    view, row_id = numbered.view, f"p{numbered.number}"
    page = view.page or _NO_PAGE
    opened_at_ms = page.started_at_ms
    return PageRow(
        id=row_id,
        place=numbered.place,
        page=Address.of(page, masker),
        times=f"opened {view.loads:,} times" if view.loads > 1 else "",
        when=format_clock(opened_at_ms),
        rows=build_event_rows(view.events, numbered.offers, prefix=row_id, opened_at_ms=opened_at_ms, masker=masker),
        more=describe_hidden_events(view.hidden_events),
    )
