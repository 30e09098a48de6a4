"""Is the visitor still there? LivePerson has no word for it, so we watch whether anything moves.

A page's own ticking time, a new page or a new event is a sign of life. Two minutes without one and the panel says since
when it has been quiet; it never claims that somebody left.
"""

from __future__ import annotations

from msgspec.structs import replace

from lpcontext.snapshots import Held
from lpcontext.visits import Visit

QUIET_AFTER_MS = 120_000


def hold_visit(visit: Visit, *, before: Held | None, now_ms: int) -> Held:
    """The visit ready to be kept, its ticking taken out and its signs of life noted."""
    still, stay_ms = _take_out_ticking(visit)
    if before is None or before.visit is None:
        stirred_ms = min(now_ms, _last_told_ms(visit) or now_ms)
    elif still != before.visit or stay_ms != before.stay_ms:
        stirred_ms = now_ms
    else:
        stirred_ms = before.stirred_at_ms or now_ms
    quiet = now_ms - stirred_ms > QUIET_AFTER_MS
    return Held(visit=still, stay_ms=stay_ms, stirred_at_ms=stirred_ms, quiet_since_ms=stirred_ms if quiet else None)


def _take_out_ticking(visit: Visit) -> tuple[Visit, int | None]:
    """Time on the current page grows with every answer; kept in the visit it would make each one look new."""
    if not visit.pages:
        return visit, None
    *earlier, current = visit.pages
    return replace(visit, pages=(*earlier, replace(current, stay_ms=None))), current.stay_ms


def _last_told_ms(visit: Visit) -> int | None:
    times = [event.at_ms for event in visit.events if event.at_ms]
    times += [page.started_at_ms + (page.stay_ms or 0) for page in visit.pages if page.started_at_ms]
    return max(times, default=None)
