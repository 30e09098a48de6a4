"""The pages a visitor viewed, newest first, with the events of each.

Repeats are folded and long journeys cut, and both are counted: nothing disappears without a number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from lpcontext.visits.model import Event, Page, Visit

MOST_PAGE_VIEWS = 60
MOST_EVENTS = 12


class PageEvent(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """An event of a page, reported once or `count` times in the same words: `event` is the latest of them."""

    event: Event
    count: int = 1


class PageView(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """A page and its events, newest first; `page` is None for events that belong to no page we know.

    `loads` counts loads of one address in a row, of which `page` is the latest; `stay_ms` is that of all.
    """

    page: Page | None
    events: tuple[PageEvent, ...] = ()
    loads: int = 1
    stay_ms: int | None = None
    hidden_events: int = 0


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """The newest page views first, and how many older ones are left out, with how many events on them."""

    page_views: tuple[PageView, ...] = ()
    hidden_page_views: int = 0
    hidden_events: int = 0


class _Draft(msgspec.Struct, kw_only=True):
    """A page view being built: its pages oldest first, its events newest first."""

    pages: list[Page]
    events: list[Event]


def find_current_page(visit: Visit) -> Page | None:
    """The page opened last."""
    return visit.pages[-1] if visit.pages else None


def build_journey(visit: Visit, *, most_page_views: int = MOST_PAGE_VIEWS, most_events: int = MOST_EVENTS) -> Journey:
    """The visit's pages with their events, at most so many of each."""
    drafts = _fold_reloads(visit.pages)
    unassigned = _assign_events(visit.events, drafts)
    drafts.reverse()
    if unassigned:
        _insert_unassigned(drafts, unassigned)
    return Journey(
        page_views=tuple(_build_page_view(draft, most_events=most_events) for draft in drafts[:most_page_views]),
        hidden_page_views=max(len(drafts) - most_page_views, 0),
        hidden_events=sum(len(draft.events) for draft in drafts[most_page_views:]),
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


def _assign_events(events: Sequence[Event], drafts: list[_Draft]) -> list[Event]:
    """Give each event to its page, and return those that have none, newest first.

    An event that names a page belongs there, or nowhere when we do not hold that page. One that names none belongs to
    the page that was open at its time.
    """
    by_id = {page.id: draft for draft in drafts for page in draft.pages if page.id is not None}
    opened = [(page.started_at_ms, draft) for draft in drafts for page in draft.pages if page.started_at_ms is not None]
    times = [at_ms for at_ms, _ in opened]
    unassigned: list[Event] = []
    for event in reversed(events):
        if event.page_id is not None:
            draft = by_id.get(event.page_id)
        else:
            place = 0 if event.at_ms is None else bisect_right(times, event.at_ms)
            draft = opened[place - 1][1] if place else None
        (unassigned if draft is None else draft.events).append(event)
    return unassigned


def _insert_unassigned(drafts: list[_Draft], unassigned: list[Event]) -> None:
    """Put the events of no page where the newest of them falls among page views that are newest first."""
    at_ms = unassigned[0].at_ms
    for place, draft in enumerate(drafts):
        opened_at_ms = draft.pages[0].started_at_ms
        if at_ms is not None and opened_at_ms is not None and opened_at_ms <= at_ms:
            drafts.insert(place, _Draft(pages=[], events=unassigned))
            return
    drafts.append(_Draft(pages=[], events=unassigned))


def _build_page_view(draft: _Draft, *, most_events: int) -> PageView:
    events = _fold_repeats(draft.events)
    if len(draft.pages) == 1 and len(events) <= most_events:  # nearly always: nothing to add up
        [page] = draft.pages
        return PageView(page=page, events=tuple(events), stay_ms=page.stay_ms)
    stays = [page.stay_ms for page in draft.pages if page.stay_ms is not None]
    return PageView(
        page=draft.pages[-1] if draft.pages else None,
        events=tuple(events[:most_events]),
        loads=len(draft.pages) or 1,
        stay_ms=sum(stays) if stays else None,
        hidden_events=sum(event.count for event in events[most_events:]),
    )


def _fold_repeats(newest_first: list[Event]) -> list[PageEvent]:
    """Events that say the same become one, unless another event of that kind came between.

    So a page that reports on each load who the visitor is has one such event, and a cart that went up and down again
    keeps its three steps.
    """
    if len(newest_first) < 2:
        return [PageEvent(event=event) for event in newest_first]
    rows: list[Event] = []
    counts: list[int] = []
    latest: dict[str, int] = {}
    for event in newest_first:
        row = latest.get(event.kind)
        if row is not None and rows[row].attribute == event.attribute:
            counts[row] += 1
        else:
            latest[event.kind] = len(rows)
            rows.append(event)
            counts.append(1)
    return [PageEvent(event=event, count=count) for event, count in zip(rows, counts, strict=True)]
