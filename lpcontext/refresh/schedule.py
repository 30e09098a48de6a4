"""When to ask LivePerson again, when a panel should tick again, and when a fresh word has gone stale. All pure.

Times are epoch ms, lengths ms.
"""

from __future__ import annotations

from lpcontext.snapshots import Vitals

# States in which LivePerson is not asked again and the panel stops ticking.
OVER = frozenset({"ended", "not-found", "wrong-visitor", "wrong-session", "bad-request", "wrong-account"})

SLOW_MS = 60_000
UNAUTHORIZED_MS = 180_000
# An answer is in memory a little after it was due: LivePerson's own time, the worker's, and ours.
_SETTLING_MS = 150
_QUICKEST_TICK_MS = 100
_SLOWEST_TICK_MS = 10_000


def due_after_answer(*, started_ms: int, now_ms: int, interval_ms: int) -> int:
    """On a clock from start to start, so that LivePerson's slowness does not stretch the interval."""
    return max(started_ms + interval_ms, now_ms + interval_ms // 10)


def state_at(vitals: Vitals | None, *, now_ms: int) -> str:
    """The word for the panel (DESIGN 6)."""
    if vitals is None:
        return "waiting"
    stale_ms = stale_at(vitals)
    return "delayed" if stale_ms is not None and now_ms >= stale_ms else vitals.state


def stale_at(vitals: Vitals) -> int | None:
    """When a live answer will be older than two intervals; None for words that time does not change."""
    if vitals.state != "live" or vitals.as_of_ms is None:
        return None
    return vitals.as_of_ms + 2 * vitals.interval_ms + 1


def next_tick_ms(vitals: Vitals | None, *, now_ms: int) -> int | None:
    """How long the panel should wait; None when ticking is over.

    A tick lands just after the answer it hopes for. Where that is overdue it comes back soon, then ever less soon.
    """
    if vitals is None:
        return _QUICKEST_TICK_MS
    if vitals.due_ms is None:
        return None
    if vitals.state == "waiting":
        return _between(_QUICKEST_TICK_MS, (now_ms - vitals.first_seen_ms) // 4, 1000)
    ahead = vitals.due_ms + vitals.took_ms + _SETTLING_MS - now_ms
    if ahead > 0:
        return _between(_QUICKEST_TICK_MS, ahead, max(_SLOWEST_TICK_MS, vitals.interval_ms * 2))
    return _between(250, -ahead // 2, vitals.interval_ms)


def _between(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most))
