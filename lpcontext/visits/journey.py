"""The way a visitor went: page by page, newest first, with what happened on each.

Repeats are folded and long ways cut, and both are told as numbers: nothing disappears without a count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from lpcontext.visits.model import Event, Page, Visit

MOST_STOPS = 60
MOST_EVENTS = 12


class Happening(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """Something reported once, or `count` times in the same words: `event` is the latest of them."""

    event: Event
    count: int = 1


class Stop(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """A page and what happened on it, newest first; `page` is None for what belongs to no page we know.

    `views` counts loads of one address in a row (reloads), of which `page` is the latest; `stay_ms` is that of all.
    """

    page: Page | None
    happenings: tuple[Happening, ...] = ()
    views: int = 1
    stay_ms: int | None = None
    hidden_events: int = 0


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """The newest stops first, and how many older ones are left out, with how many events on them."""

    stops: tuple[Stop, ...] = ()
    hidden_stops: int = 0
    hidden_events: int = 0


class _Draft(msgspec.Struct, kw_only=True):
    """A stop being gathered: its pages oldest first, its events newest first."""

    pages: list[Page]
    events: list[Event]


def current_page(visit: Visit) -> Page | None:
    """The page opened last."""
    return visit.pages[-1] if visit.pages else None


def tell_journey(visit: Visit, *, most_stops: int = MOST_STOPS, most_events: int = MOST_EVENTS) -> Journey:
    """The visit's pages and events as stops, at most so many of each."""
    drafts = _fold_reloads(visit.pages)
    homeless = _hand_out_events(visit.events, drafts)
    drafts.reverse()
    if homeless:
        _put_in(drafts, homeless)
    return Journey(
        stops=tuple(_tell(draft, most_events=most_events) for draft in drafts[:most_stops]),
        hidden_stops=max(len(drafts) - most_stops, 0),
        hidden_events=sum(len(draft.events) for draft in drafts[most_stops:]),
    )


def _fold_reloads(pages: Sequence[Page]) -> list[_Draft]:
    """Pages of the same address in a row become one."""
    drafts: list[_Draft] = []
    for page in pages:
        if drafts and page.url is not None and drafts[-1].pages[-1].url == page.url:
            drafts[-1].pages.append(page)
        else:
            drafts.append(_Draft(pages=[page], events=[]))
    return drafts


def _hand_out_events(events: Sequence[Event], drafts: list[_Draft]) -> list[Event]:
    """Give each event to its page, and return those that have none, newest first.

    An event that names a page belongs there, or nowhere when we do not hold that page. One that names none belongs to
    the page that was open at its time.
    """
    by_id = {page.id: draft for draft in drafts for page in draft.pages if page.id is not None}
    opened = [(page.started_at_ms, draft) for draft in drafts for page in draft.pages if page.started_at_ms is not None]
    times = [at_ms for at_ms, _ in opened]
    homeless: list[Event] = []
    for event in reversed(events):
        if event.page_id is not None:
            home = by_id.get(event.page_id)
        else:
            place = 0 if event.at_ms is None else bisect_right(times, event.at_ms)
            home = opened[place - 1][1] if place else None
        (homeless if home is None else home.events).append(event)
    return homeless


def _put_in(drafts: list[_Draft], homeless: list[Event]) -> None:
    """Put the stop without a page where its newest event falls among stops that are newest first."""
    at_ms = homeless[0].at_ms
    for place, draft in enumerate(drafts):
        opened_at_ms = draft.pages[0].started_at_ms
        if at_ms is not None and opened_at_ms is not None and opened_at_ms <= at_ms:
            drafts.insert(place, _Draft(pages=[], events=homeless))
            return
    drafts.append(_Draft(pages=[], events=homeless))


def _tell(draft: _Draft, *, most_events: int) -> Stop:
    happenings = _fold_repeats(draft.events)
    if len(draft.pages) == 1 and len(happenings) <= most_events:  # nearly always: nothing to add up
        [page] = draft.pages
        return Stop(page=page, happenings=tuple(happenings), stay_ms=page.stay_ms)
    stays = [page.stay_ms for page in draft.pages if page.stay_ms is not None]
    return Stop(
        page=draft.pages[-1] if draft.pages else None,
        happenings=tuple(happenings[:most_events]),
        views=len(draft.pages) or 1,
        stay_ms=sum(stays) if stays else None,
        hidden_events=sum(happening.count for happening in happenings[most_events:]),
    )


def _fold_repeats(newest_first: list[Event]) -> list[Happening]:
    """Events that say the same become one, unless another event of that kind came between.

    So a page that sends who the visitor is on each load tells it once, and a cart that went up and down again keeps its
    three steps.
    """
    if len(newest_first) < 2:
        return [Happening(event=event) for event in newest_first]
    rows: list[Event] = []
    counts: list[int] = []
    latest: dict[str, int] = {}
    for event in newest_first:
        row = latest.get(event.kind)
        if row is not None and rows[row].fact == event.fact:
            counts[row] += 1
        else:
            latest[event.kind] = len(rows)
            rows.append(event)
            counts.append(1)
    return [Happening(event=event, count=count) for event, count in zip(rows, counts, strict=True)]
