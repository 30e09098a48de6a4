"""Queues: what is due and watched, longest due first; one place for a subject; made due all together, spread."""

from __future__ import annotations

import itertools

import pytest

from lpcontext.snapshots import make_due
from lpcontext.snapshots.memory import connect
from lpcontext.subjects import State
from tests.support.account_queue import LONG_MS, AccountQueue, redis_now_ms
from tests.support.stored_subject import forget_subject
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("memory")


def test_nobody_watches_so_it_leaves_the_queue() -> None:
    queue = AccountQueue()
    queue.add(1, 2)
    queue.watch(1, watch_ms=0)
    wait_until(lambda: redis_now_ms() > (connect().zscore(f"lpc:w:{queue.account}", queue.name(1)) or 0))

    assert [claim.name for claim in queue.take().claims] == [queue.name(2)]
    assert queue.due_ms([1]) == [None]


def test_the_unwatched_at_the_front_hide_nobody_behind() -> None:
    queue = AccountQueue()
    for number in range(10):
        queue.enqueue(number)
    queue.add(10)

    assert [claim.name for claim in queue.take(most=3).claims] == [queue.name(10)]


def test_what_memory_has_lost_leaves_the_queue() -> None:
    queue = AccountQueue()
    queue.add(1)
    forget_subject(queue.name(1))

    assert queue.take().claims == ()
    assert queue.due_ms([1]) == [None]


def test_the_longest_due_comes_first() -> None:
    queue = AccountQueue()
    order = [3, 1, 4, 0, 2]
    for number in order:
        queue.watch(number)
    for place, number in enumerate(order):
        queue.enqueue(number, after_ms=-1000 + place)

    taken = [claim.name for _ in order for claim in queue.take(most=1).claims]

    assert taken == [queue.name(number) for number in order]


def test_what_is_not_due_is_not_taken_and_its_time_is_given() -> None:
    queue = AccountQueue()
    queue.add(1, after_ms=LONG_MS)
    taken = queue.take()

    assert taken.claims == ()
    assert taken.next_ms == queue.due_ms([1])[0]
    assert len(queue.take(slack_ms=LONG_MS).claims) == 1


def test_a_subject_has_one_place_however_often_it_is_asked_for() -> None:
    queue = AccountQueue()
    for _ in range(50):
        queue.add(1)

    assert connect().zcard(queue.place) == 1
    assert len(queue.take().claims) == 1


def test_the_sooner_of_two_times_counts() -> None:
    queue = AccountQueue()
    queue.add(1, after_ms=LONG_MS)
    later = queue.due_ms([1])
    queue.enqueue(1, after_ms=2 * LONG_MS)
    assert queue.due_ms([1]) == later

    queue.enqueue(1)
    assert len(queue.take().claims) == 1


def test_to_enqueue_takes_nothing_from_a_worker() -> None:
    queue = AccountQueue()
    queue.add(1)
    claim = queue.take_one()

    queue.enqueue(1)

    assert queue.take().claims == ()
    assert queue.complete_claims(claim) == {claim.name}


def test_a_paced_kind_is_taken_no_sooner_than_its_pace() -> None:
    queue = AccountQueue(kind="chat")
    queue.add(1)
    first = queue.take(pace_ms=LONG_MS)
    queue.add(2)

    too_soon = queue.take(pace_ms=LONG_MS)
    queue.pass_time(LONG_MS)

    assert len(first.claims) == 1
    assert too_soon.claims == ()
    assert too_soon.next_ms is not None
    assert first.now_ms + LONG_MS <= too_soon.next_ms <= too_soon.now_ms + LONG_MS
    assert [claim.name for claim in queue.take(pace_ms=LONG_MS).claims] == [queue.name(2)]


def test_a_taking_of_nothing_begins_no_pace() -> None:
    queue = AccountQueue(kind="chat")
    queue.take(pace_ms=LONG_MS)
    queue.add(1)

    assert len(queue.take(pace_ms=LONG_MS).claims) == 1


def test_over_for_ever_it_leaves_the_queue() -> None:
    queue = AccountQueue()
    queue.add(1)
    queue.complete_claims(queue.take_one(), state=State.NOT_FOUND, due_in_ms=None)

    assert queue.waiting() == {}
    assert queue.due_ms([1]) == [None]


def test_woken_they_are_due_spread_over_the_time_given() -> None:
    queue = AccountQueue()
    queue.add(*range(10), after_ms=10 * LONG_MS)
    before = redis_now_ms()
    make_due(queue.account, queue.kind, spread_ms=LONG_MS)
    after = redis_now_ms()

    due = sorted(at for at in queue.due_ms(range(10)) if at is not None)

    assert before <= due[0] <= after
    assert {round(later - sooner) for sooner, later in itertools.pairwise(due)} == {LONG_MS // 10}


def test_waking_leaves_claims_and_what_is_due_alone() -> None:
    queue = AccountQueue()
    queue.add(1)
    claim = queue.take_one()
    queue.add(2, after_ms=-1000)
    before = queue.due_ms([1, 2])

    make_due(queue.account, queue.kind, spread_ms=0)

    assert queue.due_ms([1, 2]) == before
    assert queue.complete_claims(claim) == {claim.name}


def test_only_those_named_are_woken_and_only_if_they_wait() -> None:
    queue = AccountQueue()
    queue.add(1, 2, after_ms=LONG_MS)

    make_due(queue.account, queue.kind, spread_ms=0, names=[queue.name(2), queue.name(3)])

    assert [claim.name for claim in queue.take().claims] == [queue.name(2)]
    assert queue.due_ms([3]) == [None]


def test_a_queue_shows_everything_that_waits_in_it() -> None:
    queue, other = AccountQueue(), AccountQueue(kind="chat")
    queue.add(1, 2, after_ms=LONG_MS)
    other.add(1)

    assert set(queue.waiting()) == {queue.name(1), queue.name(2)}
    assert {status.state for status in queue.waiting().values()} == {State.WAITING}


def test_accounts_do_not_share_a_queue() -> None:
    queue, other = AccountQueue(), AccountQueue(account_id="90817263")
    queue.add(1)

    assert other.take().claims == ()
    assert len(queue.take().claims) == 1
