"""One page of the visit's way, with what happened on it, newest first."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.utils.safestring import SafeString

from lpcontext.panel.contexts.address import Address
from lpcontext.panel.contexts.happening import Row, tell_happening, tell_offer
from lpcontext.panel.contexts.offers import OfferMoment
from lpcontext.panel.moments import tell_clock
from lpcontext.panel.money import count_of
from lpcontext.panel.veil import Veil
from lpcontext.visits import Page, PageEvent, PageView

_ID_SPAN_MS = 100_000_000  # more than a day: row ids differ within one visit, which lives six hours
_MINUTE_MS = 60_000
_NO_PAGE = Page()


class StopContext(msgspec.Struct, frozen=True):
    """`id` counts pages from the first, so that a row keeps its element while newer ones arrive above it."""

    template: ClassVar = "panel/_stop.html"

    id: str
    place: str
    page: Address
    times: str
    when: SafeString
    rows: list[Row]
    more: str

    @classmethod
    def of(cls, stop: PageView, number: int, offers: tuple[OfferMoment, ...], place: str, veil: Veil) -> StopContext:
        """`place` is "here" for the page the visitor is on, "last" where they were last seen, else ""."""
        page = stop.page or _NO_PAGE
        stop_id, opened_at_ms = f"p{number}", page.started_at_ms
        return cls(
            id=stop_id,
            place=place,
            page=Address.of(page, veil),
            times=f"opened {stop.loads:,} times" if stop.loads > 1 else "",
            when=tell_clock(opened_at_ms),
            rows=tell_rows(stop.events, offers, stop_id=stop_id, opened_at_ms=opened_at_ms, veil=veil),
            more=tell_hidden(stop.hidden_events),
        )


def tell_rows(
    happenings: tuple[PageEvent, ...],
    offers: tuple[OfferMoment, ...],
    *,
    stop_id: str,
    opened_at_ms: int | None,
    veil: Veil,
) -> list[Row]:
    """One row for each, newest first; a time is silent where the line above has the same minute."""
    told: list[tuple[int | None, str, PageEvent | OfferMoment]] = [
        (happening.event.at_ms, row_id, happening)
        for happening, row_id in zip(happenings, _name_rows(happenings, stop_id), strict=True)
    ]
    if offers:
        told += [(offer.at_ms, f"{stop_id}o{place}", offer) for place, offer in enumerate(offers)]
        told.sort(key=lambda one: -(one[0] or 0))
    rows, minute = [], (opened_at_ms or 0) // _MINUTE_MS
    for at_ms, row_id, what in told:
        above, minute = minute, (at_ms // _MINUTE_MS if at_ms else minute)
        when = tell_clock(at_ms, silent=minute == above)
        if isinstance(what, PageEvent):
            rows.append(tell_happening(what, row_id, when, veil))
        else:
            rows.append(tell_offer(what, row_id, when, veil))
    return rows


def tell_hidden(count: int) -> str:
    return f"and {count_of(count, 'earlier event')} not shown" if count else ""


def _name_rows(newest_first: tuple[PageEvent, ...], stop_id: str) -> list[str]:
    """Ids by time, and by rank among those of one time, so that an older row never takes a newer one's element."""
    seen: dict[int, int] = {}
    names = []
    for happening in reversed(newest_first):
        at = (happening.event.at_ms or 0) % _ID_SPAN_MS
        rank = seen[at] = seen.get(at, 0) + 1
        names.append(f"{stop_id}e{at}" if rank == 1 else f"{stop_id}e{at}.{rank}")
    names.reverse()
    return names
