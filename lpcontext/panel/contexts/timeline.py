"""The visit's way: pages newest first, filters for what happened on them, and what is not shown, said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from lpcontext.panel.contexts.fact_words import kind_of
from lpcontext.panel.contexts.happening import Row
from lpcontext.panel.contexts.stop import tell_hidden, tell_rows
from lpcontext.panel.money import count_of
from lpcontext.panel.veil import Veil
from lpcontext.visits import Journey, PageView

STOPS_AT_FIRST = 12
"""How many stops stand there before somebody asks for all; panel.css counts the same."""

_FILTERS = {"error": "Errors", "cart": "Cart", "offer": "Offers", "about": "Other"}


@dataclass(frozen=True, slots=True)
class Filter:
    kind: str
    word: str
    count: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """`stops` is the drawn list: its rows are remembered one by one."""

    template: ClassVar = "panel/_pages.html"

    stops: SafeString
    filters: tuple[Filter, ...]
    more: str
    cap: str

    @classmethod
    def of(cls, journey: Journey, offers: int, stops: SafeString, drawn: int) -> Timeline | None:
        """`offers` is how many offer rows the stops hold, `drawn` how many stops there are."""
        if not drawn:
            return None
        return cls(
            stops=stops,
            filters=_find_filters(journey.page_views, offers),
            more=f"Show all {drawn:,} pages" if drawn > STOPS_AT_FIRST else "",
            cap=_tell_cap(journey),
        )


@dataclass(frozen=True, slots=True)
class Strays:
    """Events that name no page we know of."""

    template: ClassVar = "panel/_events.html"

    rows: list[Row]
    more: str

    @classmethod
    def of(cls, stop: PageView, veil: Veil) -> Strays:
        rows = tell_rows(stop.events, (), stop_id="s", opened_at_ms=None, veil=veil)
        return cls(rows=rows, more=tell_hidden(stop.hidden_events))


def _find_filters(stops: Iterable[PageView], offers: int) -> tuple[Filter, ...]:
    """One for each kind that occurs; none where there is nothing to tell apart."""
    counts = Counter(kind_of(happening.event.attribute) for stop in stops if stop.page for happening in stop.events)
    if offers:
        counts["offer"] = offers
    if len(counts) < 2:
        return ()
    return tuple(Filter(kind, word, f"{counts[kind]:,}") for kind, word in _FILTERS.items() if counts[kind])


def _tell_cap(journey: Journey) -> str:
    if not journey.hidden_page_views:
        return ""
    events = f" with {count_of(journey.hidden_events, 'event')}" if journey.hidden_events else ""
    return f"{count_of(journey.hidden_page_views, 'earlier page')}{events} not shown"
