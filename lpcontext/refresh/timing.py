"""When to ask LivePerson again, when a panel should tick again, and when a fresh word has gone stale. All pure.

Times are epoch ms by Redis' clock, lengths ms.
"""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings

from lpcontext.snapshots import SubjectStatus
from lpcontext.subjects import State

SLOW_MS = 60_000
UNAUTHORIZED_MS = 180_000
# An answer is in memory a little after it was due: LivePerson's own time, the worker's, and ours.
_SETTLING_MS = 200
_QUICKEST_TICK_MS = 30
_HURRIED_TICK_MS = 200
_SLOWEST_TICK_MS = 10_000
# Panels add some jitter of their own to each pause: a little under the interval is still in step.
_IN_STEP = 0.8
# However often an agent presses "refresh now", LivePerson is not asked again sooner than this.
HURRY_MS = 1_000


def visit_interval_ms() -> int:
    """LPCONTEXT_REFRESH_SECONDS, in ms."""
    return int(settings.REFRESH_SECONDS * 1000)


def chat_interval_ms() -> int:
    """LPCONTEXT_CHAT_REFRESH_SECONDS, in ms."""
    return int(settings.CHAT_REFRESH_SECONDS * 1000)


def watch_ms() -> int:
    """How long one tick keeps a subject watched: a panel in view ticks at least every ten seconds."""
    return int(max(_SLOWEST_TICK_MS, 2 * visit_interval_ms()) + 3_000)


def due_after_answer(*, due_ms: int | None, asked_ms: int, now_ms: int, interval_ms: int) -> int:
    """On a clock from due to due, so that LivePerson's slowness does not stretch the interval, nor our haste shrink it.

    What was asked for late begins a clock of its own.
    """
    was_on_time = due_ms is not None and abs(asked_ms - due_ms) < interval_ms // 4
    begun_ms = due_ms if due_ms is not None and was_on_time else asked_ms
    return max(begun_ms + interval_ms, now_ms + interval_ms // 10)


def due_in_a_hurry(status: SubjectStatus, *, now_ms: int) -> int:
    """An agent wants it now: reckoned from when LivePerson was last asked, whatever it said.

    Where it fails us, a hurry shortens our patience to one interval and no more.
    """
    rest_ms = status.interval_ms if status.state.is_trouble else min(HURRY_MS, status.interval_ms)
    # Never from a moment to come: a clock may have been set back.
    asked_ms = min(status.asked_ms or 0, now_ms)
    return max(now_ms, asked_ms + rest_ms)


def state_at(status: SubjectStatus | None, *, now_ms: int) -> State:
    """The word for the panel (docs/architecture.md, States)."""
    if status is None:
        return State.WAITING
    if status.state is not State.LIVE or status.as_of_ms is None:
        return status.state
    # Either way: an answer from the future is one of a clock that was set back since, and nobody knows how old it is.
    is_stale = abs(now_ms - status.as_of_ms) > 2 * status.interval_ms
    return State.DELAYED if is_stale else State.LIVE


def stale_at(status: SubjectStatus) -> int | None:
    """When a live answer will be older than two intervals; None for words that time does not change."""
    if status.state is not State.LIVE or status.as_of_ms is None:
        return None
    return status.as_of_ms + 2 * status.interval_ms + 1


class TickPace(NamedTuple):
    """When panels of one status should tick: reckoned once a status, sent at each tick. Epoch ms and ms."""

    answer_ms: int
    interval_ms: int
    longest_ms: int

    @classmethod
    def of(cls, status: SubjectStatus) -> TickPace | None:
        """None when ticking is over, or where every tick is reckoned anew."""
        if status.due_ms is None or status.state is State.WAITING:
            return None
        longest_ms = max(_SLOWEST_TICK_MS, status.interval_ms * 2)
        return cls(status.due_ms + status.took_ms + _SETTLING_MS, status.interval_ms, longest_ms)

    def pause_ms(self, now_ms: int) -> int:
        """Until just after an answer.

        Where that is overdue the panel comes back an interval later and no sooner, for that would slow the worker
        further; where it is near, a tick out of step waits for the next one.
        """
        ahead_ms = self.answer_ms - now_ms
        if ahead_ms <= 0:
            return self.interval_ms
        if ahead_ms < self.interval_ms * _IN_STEP:
            ahead_ms += self.interval_ms
        return min(ahead_ms, self.longest_ms)


def next_tick_ms(status: SubjectStatus | None, *, now_ms: int, in_a_hurry: bool = False) -> int | None:
    """How long the panel should wait; None when ticking is over.

    As `TickPace` says. Two come back sooner: the first look, ever less so, and the agent `in_a_hurry`, who has just
    opened the panel or pressed "refresh now".
    """
    if status is None:
        return _QUICKEST_TICK_MS
    pace = TickPace.of(status)
    if pace is None:
        if status.due_ms is None:
            return None
        return _between(_QUICKEST_TICK_MS, (now_ms - status.first_seen_ms) // 6, status.interval_ms)
    if in_a_hurry:
        # What is overdue was asked for with this look: its answer takes as long as the last one did.
        ahead_ms = max(pace.answer_ms - now_ms, status.took_ms + _SETTLING_MS)
        return _between(_HURRIED_TICK_MS, ahead_ms, pace.interval_ms)
    return pace.pause_ms(now_ms)


def _between(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most))
