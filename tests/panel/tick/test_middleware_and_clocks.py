"""Ticks after a long rest, and while Redis' clock is set back: what was fresh is not shown as fresh."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from lpcontext.launch import RightsCache
from lpcontext.panel.tick import TickMiddleware
from lpcontext.refresh import StatusCache
from lpcontext.refresh.timing import watch_ms
from lpcontext.snapshots import StoredVisit, SubjectStatus, shared_now_ms
from lpcontext.snapshots.memory import connect, learn_now
from lpcontext.subjects import State
from lpcontext.visits import Visit
from tests.panel.tick.ticking import KEY, give_all, make_token, nothing_behind, tick
from tests.support.account_queue import redis_now_ms
from tests.support.stored_subject import store_subject
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("memory")
HOUR_MS = 3_600_000
INTERVAL_MS = 5_000
# What is written is heard by then, or at another try.
HEARD_SECONDS = 0.05


@pytest.fixture
def middleware(memory: None) -> Iterator[TickMiddleware]:
    cache, rights = StatusCache(), RightsCache(read=give_all)
    yield TickMiddleware(nothing_behind, statuses=cache, rights=rights)
    cache.close()
    rights.close()


def keep(*, ahead_ms: int = 0, due_in_ms: int = INTERVAL_MS) -> str:
    """As a worker does; returns the version, which is the same each time."""
    now_ms = redis_now_ms() + ahead_ms
    live = SubjectStatus(
        state=State.LIVE,
        first_seen_ms=now_ms,
        as_of_ms=now_ms,
        due_ms=now_ms + due_in_ms,
        interval_ms=INTERVAL_MS,
    )
    return store_subject(KEY, live, StoredVisit(visit=Visit())).version


def state_of(middleware: TickMiddleware, token: str, *, seen: str = "") -> str:
    """As a panel learns that has seen this version: the usual tick."""
    return tick(middleware, token, f"seen={seen}")[1]["X-LPContext-State"]


def test_what_was_live_by_a_clock_that_was_set_back_is_not_live_for_an_hour(middleware: TickMiddleware) -> None:
    token = make_token(seconds=2 * HOUR_MS / 1000)
    state_of(middleware, token)
    wait_until(lambda: dict(connect().pubsub_numsub("lpc:changes"))[b"lpc:changes"] == 1)

    seen = keep()

    def is_live_by_the_clock_before() -> bool:
        """Each notification shows us Redis' clock, as it is; so this may take some tries."""
        keep(ahead_ms=HOUR_MS, due_in_ms=2 * HOUR_MS)
        time.sleep(HEARD_SECONDS)
        learn_now(redis_now_ms() + HOUR_MS)
        is_live = state_of(middleware, token, seen=seen) == "live"
        return is_live and shared_now_ms() > redis_now_ms() + HOUR_MS / 2

    wait_until(is_live_by_the_clock_before)
    learn_now(redis_now_ms())

    assert state_of(middleware, token, seen=seen) == "delayed"


def test_back_after_a_long_rest_a_panel_comes_back_soon(middleware: TickMiddleware) -> None:
    """A hidden tab does not tick. Its visit was watched no more, so what is known is old, and just being asked for."""
    token = make_token()
    state_of(middleware, token)
    keep(due_in_ms=1000)
    wait_until(lambda: int(tick(middleware, token)[1]["X-LPContext-Next"]) == INTERVAL_MS)  # as while it is in view

    time.sleep(watch_ms() / 1000)

    assert int(tick(middleware, token)[1]["X-LPContext-Next"]) < INTERVAL_MS / 2
    assert int(tick(middleware, token)[1]["X-LPContext-Next"]) == INTERVAL_MS
