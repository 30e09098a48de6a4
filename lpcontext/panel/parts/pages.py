"""The pages of the visit, newest first, with what happened on each; filters; and what is not shown, said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.rows.event_text import find_filter_kind
from lpcontext.panel.rows.page_offers import find_page_offers
from lpcontext.panel.rows.page_row import NumberedPage
from lpcontext.panel.rows.page_rows import number_pages, render_page_rows
from lpcontext.panel.wording.numbers import format_count

PAGES_AT_FIRST = 12
"""How many pages stand there before somebody asks for all; panel.css counts the same."""

_FILTERS = {"error": "Errors", "cart": "Cart", "offer": "Offers", "about": "Other"}


class PagesPieces(NamedTuple):
    pages: list[NumberedPage]
    hidden_pages: int
    hidden_events: int


@dataclass(frozen=True, slots=True)
class Filter:
    kind: str
    word: str
    count: str


@dataclass(frozen=True, slots=True)
class PagesContext:
    """`rows` are rendered already: they are kept one by one."""

    rows: SafeString
    filters: tuple[Filter, ...]
    more: str
    cap: str


def select_pages(content: PanelContent) -> PagesPieces | None:
    visit, journey = content.visit, content.journey
    views = [view for view in journey.page_views if view.page is not None]
    if visit is None or not views:
        return None
    place = "here" if content.presence.kind == "here" else "last"
    offers = find_page_offers(visit.engagements)
    pages = number_pages(views, offers, hidden=journey.hidden_page_views, place=place)
    return PagesPieces(pages, journey.hidden_page_views, journey.hidden_events)


def build_pages(pieces: PagesPieces, masker: Masker) -> PagesContext:
    shown = len(pieces.pages)
    return PagesContext(
        rows=render_page_rows(pieces.pages, masker),
        filters=_find_filters(pieces.pages),
        more=f"Show all {shown:,} pages" if shown > PAGES_AT_FIRST else "",
        cap=_describe_cap(pieces.hidden_pages, pieces.hidden_events),
    )


def _find_filters(pages: Sequence[NumberedPage]) -> tuple[Filter, ...]:
    """One for each kind that occurs; none where there is nothing to tell apart."""
    counts = Counter([find_filter_kind(event.event.attribute) for page in pages for event in page.view.events])
    offers = sum(len(page.offers) for page in pages)
    if offers:
        counts["offer"] = offers
    if len(counts) < 2:
        return ()
    return tuple(Filter(kind, word, f"{counts[kind]:,}") for kind, word in _FILTERS.items() if counts[kind])


def _describe_cap(hidden_pages: int, hidden_events: int) -> str:
    if not hidden_pages:
        return ""
    events = f" with {format_count(hidden_events, 'event')}" if hidden_events else ""
    return f"{format_count(hidden_pages, 'earlier page')}{events} not shown"
