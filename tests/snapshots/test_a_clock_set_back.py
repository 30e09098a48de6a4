"""Redis' clock set back an hour, or a replica with another clock in its place: nobody waits an hour for it."""

from __future__ import annotations

import pytest

from lpcontext.snapshots import note_failure, note_success
from lpcontext.snapshots.memory import connect
from tests.support.account_queue import LONG_MS, AccountQueue, redis_now_ms
from tests.support.clock_set_back import HOUR_MS, set_back_by_an_hour
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("memory")
# Longer than any watch may last, and far from the hour.
WATCH_AT_MOST_MS = 660_000


def test_what_was_due_is_taken() -> None:
    queue = AccountQueue()
    queue.add(1)
    queue.take(most=0)
    set_back_by_an_hour(queue)

    assert [claim.name for claim in queue.take().claims] == [queue.name(1)]


def test_what_was_due_later_is_due_as_much_later() -> None:
    queue = AccountQueue()
    queue.add(1, 2, after_ms=LONG_MS)
    before = queue.due_ms([1, 2])
    set_back_by_an_hour(queue)

    due = queue.take()

    assert due.claims == ()
    later = [abs((due or 0) - (was or 0)) for due, was in zip(queue.due_ms([1, 2]), before, strict=True)]
    assert max(later) < HOUR_MS / 60  # what passed meanwhile


def test_it_goes_back_once_and_no_further() -> None:
    queue = AccountQueue()
    queue.add(1, after_ms=LONG_MS)
    set_back_by_an_hour(queue)
    queue.take()
    due = queue.due_ms([1])

    for _ in range(3):
        queue.take()

    assert queue.due_ms([1]) == due


def test_a_claim_in_a_workers_hand_lapses_when_it_would_have() -> None:
    queue = AccountQueue()
    queue.add(1)
    claim = queue.take_one(claim_ms=1)
    set_back_by_an_hour(queue)

    again = queue.take_lapsed()

    assert again.name == claim.name
    assert queue.complete_claims(claim) == set()


def test_nobody_is_watched_for_an_hour() -> None:
    queue = AccountQueue()
    queue.add(1)
    set_back_by_an_hour(queue)
    queue.take()

    watched = connect().zscore(f"lpc:w:{queue.account}", queue.name(1)) or 0
    assert redis_now_ms() < watched <= redis_now_ms() + WATCH_AT_MOST_MS


def test_an_open_circuit_does_not_stay_open_for_an_hour() -> None:
    queue = AccountQueue()
    queue.add(1)
    for _ in range(5):
        note_failure(queue.circuit, is_probe=False)
    until = queue.take(most=0).closed_until_ms
    assert until is not None
    set_back_by_an_hour(queue)

    due = queue.take()

    assert due.closed_until_ms is None or due.closed_until_ms < redis_now_ms() + HOUR_MS / 2
    wait_until(lambda: queue.take(claim_ms=1).is_probe)
    assert note_success(queue.circuit, is_probe=True)


def test_a_paced_account_does_not_rest_for_an_hour() -> None:
    queue = AccountQueue(kind="chat")
    queue.add(1)
    queue.take(pace_ms=LONG_MS)
    set_back_by_an_hour(queue)

    due = queue.take(pace_ms=LONG_MS)

    assert due.next_ms is not None
    assert due.next_ms <= due.now_ms + LONG_MS


@pytest.mark.parametrize("late_ms", [0, 500])
def test_a_clock_that_trembles_moves_nothing(late_ms: int) -> None:
    """Clocks are slewed all the time."""
    queue = AccountQueue()
    queue.add(1, after_ms=LONG_MS)
    due = queue.due_ms([1])
    connect().set(f"lpc:clock:{queue.account}:{queue.kind}", redis_now_ms() + late_ms)

    queue.take()

    assert queue.due_ms([1]) == due
