"""One thing that happened on a page, as one line: an icon, what it was, how often, when."""

from __future__ import annotations

import msgspec
from django.utils.safestring import SafeString

from lpcontext.masking import Masker
from lpcontext.panel.rows.event_text import describe_event, find_filter_kind
from lpcontext.panel.rows.page_offers import PageOffer
from lpcontext.panel.wording.numbers import format_count
from lpcontext.panel.wording.time_tags import format_clock
from lpcontext.visits import PageEvent

_ID_SPAN_MS = 100_000_000  # more than a day: row ids differ within one visit, which lives six hours
_MINUTE_MS = 60_000


class EventRow(msgspec.Struct, frozen=True, gc=False):
    """`kind` is what the filters ask for: error, cart, offer or about. `tone` is "" or "bad"."""

    id: str
    kind: str
    tone: str
    icon: str
    text: str
    times: str
    when: SafeString


def build_event_rows(
    events: tuple[PageEvent, ...],
    offers: tuple[PageOffer, ...] = (),
    *,
    prefix: str,
    opened_at_ms: int | None,
    masker: Masker,
) -> list[EventRow]:
    """One row for each, newest first; a time is silent where the line above has the same minute.

    `prefix` begins each row's id, and is the id of the page's own row.
    """
    happened: list[tuple[int | None, str, PageEvent | PageOffer]] = [
        (event.event.at_ms, row_id, event) for event, row_id in zip(events, _make_ids(events, prefix), strict=True)
    ]
    if offers:
        happened += [(offer.at_ms, f"{prefix}o{place}", offer) for place, offer in enumerate(offers)]
        happened.sort(key=lambda one: -(one[0] or 0))
    rows, minute = [], (opened_at_ms or 0) // _MINUTE_MS
    for at_ms, row_id, what in happened:
        above, minute = minute, (at_ms // _MINUTE_MS if at_ms else minute)
        when = format_clock(at_ms, silent=minute == above)
        rows.append(
            _build_event_row(what, row_id, when, masker)
            if isinstance(what, PageEvent)
            else _build_offer_row(what, row_id, when, masker)
        )
    return rows


def describe_hidden_events(count: int) -> str:
    return f"and {format_count(count, 'earlier event')} not shown" if count else ""


def _build_event_row(page_event: PageEvent, row_id: str, when: SafeString, masker: Masker) -> EventRow:
    event = page_event.event
    icon, text, tone = describe_event(event.kind, event.attribute)
    kind = find_filter_kind(event.attribute)
    return EventRow(row_id, kind, tone, icon, masker.text(text), _format_times(page_event.count), when)


def _build_offer_row(offer: PageOffer, row_id: str, when: SafeString, masker: Masker) -> EventRow:
    return EventRow(row_id, "offer", "", "offer", masker.text(offer.text), _format_times(offer.count), when)


def _format_times(count: int) -> str:
    return f"× {count:,}" if count > 1 else ""


def _make_ids(newest_first: tuple[PageEvent, ...], prefix: str) -> list[str]:
    """Ids by time, and by rank among those of one time, so that an older row never takes a newer one's element."""
    seen: dict[int, int] = {}
    ids = []
    for page_event in reversed(newest_first):
        at = (page_event.event.at_ms or 0) % _ID_SPAN_MS
        rank = seen[at] = seen.get(at, 0) + 1
        ids.append(f"{prefix}e{at}" if rank == 1 else f"{prefix}e{at}.{rank}")
    ids.reverse()
    return ids
