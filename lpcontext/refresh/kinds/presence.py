"""Is the visitor still there? LivePerson has no word for it, so we watch whether anything moves.

A page's own ticking time, a new page or a new event is a sign of life. Two minutes without one and the panel says since
when it has been quiet; it never claims that somebody left.
"""

from __future__ import annotations

from msgspec.structs import replace

from lpcontext.visits import Visit

QUIET_AFTER_MS = 120_000


def find_quiet_since(active_at_ms: int, *, now_ms: int) -> int | None:
    """The last sign of life, where that is too long ago to say nothing about it. Epoch ms."""
    return active_at_ms if now_ms - active_at_ms > QUIET_AFTER_MS else None


def find_last_activity(visit: Visit, *, now_ms: int) -> int:
    """The last sign of life in an answer that is the first. Epoch ms."""
    times = [event.at_ms for event in visit.events if event.at_ms]
    times += [page.started_at_ms + (page.stay_ms or 0) for page in visit.pages if page.started_at_ms]
    return min(now_ms, max(times, default=now_ms) or now_ms)


def split_off_ticking(visit: Visit) -> tuple[Visit, int | None]:
    """Time on the current page grows with every answer; kept in the visit it would make each one look new."""
    if not visit.pages:
        return visit, None
    *earlier, current = visit.pages
    return replace(visit, pages=(*earlier, replace(current, stay_ms=None))), current.stay_ms
