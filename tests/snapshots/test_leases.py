"""Leases: one worker holds each of an account's shifts, and a missing one is requested once."""

from __future__ import annotations

import pytest

from lpcontext.snapshots import (
    cancel_shift_request,
    find_accounts_without_shift,
    release_lease,
    request_shift,
    sweep_queues,
    take_lease,
)
from lpcontext.snapshots.memory import connect
from tests.support.account_queue import LONG_MS, AccountQueue, redis_now_ms
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("memory")
KINDS = ("visit", "chat")


def take(owner: str, *, number: int = 0, lease_ms: int = LONG_MS, account: str = "a") -> bool:
    return take_lease(account, number, owner=owner, lease_ms=lease_ms)


def test_one_has_the_lease_and_renews_it() -> None:
    assert [take("one"), take("two"), take("one"), take("two")] == [True, False, True, False]


def test_a_renewed_lease_lasts_from_then_on() -> None:
    take("one", lease_ms=LONG_MS)
    take("one", lease_ms=10 * LONG_MS)

    assert connect().pttl("lpc:l:a:0") > LONG_MS


def test_a_lease_lapses_and_another_takes_it() -> None:
    take("one", lease_ms=1)
    wait_until(lambda: take("two"))

    assert not take("one")


def test_only_its_owner_gives_a_lease_up() -> None:
    take("one")
    release_lease("a", 0, owner="two")
    assert not take("two")

    release_lease("a", 0, owner="one")
    assert take("two")


def test_each_shift_and_each_account_has_its_own() -> None:
    assert [take("one"), take("two", number=1), take("three", account="b")] == [True, True, True]


def test_a_shift_is_requested_once_and_only_while_nobody_holds_its_lease() -> None:
    assert [request_shift("a", 1, again_ms=LONG_MS) for _ in range(3)] == [True, False, False]
    take("one", number=1)
    assert not request_shift("a", 1, again_ms=LONG_MS)

    release_lease("a", 1, owner="one")
    assert request_shift("a", 1, again_ms=LONG_MS)  # taking the lease has ended the request


def test_a_request_nobody_takes_is_made_again() -> None:
    assert request_shift("a", 1, again_ms=1)
    wait_until(lambda: request_shift("a", 1, again_ms=LONG_MS))


def test_a_shift_is_requested_once_until_it_has_begun() -> None:
    queue = AccountQueue()
    assert [queue.enqueue(number) for number in range(4)] == [True, False, False, False]

    take_lease(queue.account, 0, owner="one", lease_ms=LONG_MS)
    assert not queue.enqueue(5)
    release_lease(queue.account, 0, owner="one")
    assert [queue.enqueue(number) for number in range(4)] == [True, False, False, False]


def test_a_call_that_could_not_be_made_is_made_by_the_next() -> None:
    queue = AccountQueue()
    assert queue.enqueue(1)

    cancel_shift_request(queue.account, 0)

    assert [queue.enqueue(1), queue.enqueue(1)] == [True, False]


def test_an_account_whose_worker_is_gone_is_found_once() -> None:
    queue, attended = AccountQueue(), AccountQueue(account_id="90817263")
    for each in (queue, attended):
        each.add(1)
    take_lease(attended.account, 0, owner="one", lease_ms=LONG_MS)

    found = [find_accounts_without_shift(KINDS, again_ms=LONG_MS) for _ in range(3)]

    assert found == [[queue.account_id], [], []]


def test_a_worker_that_does_not_come_is_missed_again() -> None:
    queue = AccountQueue()
    queue.add(1)
    assert find_accounts_without_shift(KINDS, again_ms=1) == [queue.account_id]

    wait_until(lambda: find_accounts_without_shift(KINDS, again_ms=LONG_MS) == [queue.account_id])


def test_a_worker_that_came_and_is_gone_again_is_missed_at_once() -> None:
    """However long nobody is to ask for it twice: it has come meanwhile."""
    queue = AccountQueue()
    queue.add(1)
    assert find_accounts_without_shift(KINDS, again_ms=LONG_MS) == [queue.account_id]

    take_lease(queue.account, 0, owner="one", lease_ms=LONG_MS)
    release_lease(queue.account, 0, owner="one")

    assert find_accounts_without_shift(KINDS, again_ms=LONG_MS) == [queue.account_id]


def test_a_request_that_could_not_be_sent_is_made_again_soon() -> None:
    """When the broker is back nobody waits until the call that it did not take would have been in vain."""
    queue = AccountQueue()
    queue.add(1)
    assert find_accounts_without_shift(KINDS, again_ms=LONG_MS) == [queue.account_id]

    cancel_shift_request(queue.account, 0)

    wait_until(lambda: find_accounts_without_shift(KINDS, again_ms=LONG_MS) == [queue.account_id])


def test_nobody_leaves_while_something_waits() -> None:
    """Whoever came in the moment before has found the lease, and called nobody."""
    queue = AccountQueue()
    take_lease(queue.account, 0, owner="one", lease_ms=LONG_MS)
    assert not queue.enqueue(1)

    assert not release_lease(queue.account, 0, owner="one", kinds=KINDS)
    assert not take_lease(queue.account, 0, owner="two", lease_ms=LONG_MS)

    sweep_queues(queue.account, KINDS)  # nobody watches it
    assert release_lease(queue.account, 0, owner="one", kinds=KINDS)
    assert take_lease(queue.account, 0, owner="two", lease_ms=LONG_MS)


def test_an_account_with_nothing_that_waits_is_missed_by_nobody() -> None:
    queue = AccountQueue()
    queue.add(1)
    queue.complete_claims(queue.take_one(), due_in_ms=None)

    assert find_accounts_without_shift(KINDS, again_ms=LONG_MS) == []
    assert connect().zcard("lpc:active") == 0


def test_a_sweep_takes_out_what_nobody_watches_and_says_how_much_is_left() -> None:
    visits, chats = AccountQueue(), AccountQueue(kind="chat")
    visits.add(1, 2)
    visits.enqueue(3)
    chats.add(1)
    chats.enqueue(2)

    assert sweep_queues(visits.account, KINDS) == 3
    assert set(visits.waiting()) == {visits.name(1), visits.name(2)}
    assert set(chats.waiting()) == {chats.name(1)}


def test_a_watch_that_is_over_counts_no_more() -> None:
    queue = AccountQueue()
    queue.add(1, 2)
    queue.watch(1, watch_ms=0)
    end = connect().zscore(f"lpc:w:{queue.account}", queue.name(1)) or 0
    wait_until(lambda: redis_now_ms() > end)

    assert sweep_queues(queue.account, KINDS) == 1
    assert connect().zscore(f"lpc:w:{queue.account}", queue.name(1)) is None


def test_a_sweep_leaves_what_is_in_a_workers_hand() -> None:
    queue = AccountQueue()
    queue.add(1)
    claim = queue.take_one()
    queue.watch(1, watch_ms=0)
    end = connect().zscore(f"lpc:w:{queue.account}", claim.name) or 0
    wait_until(lambda: redis_now_ms() > end)

    assert sweep_queues(queue.account, KINDS) == 1
    assert queue.complete_claims(claim) == {claim.name}
    assert sweep_queues(queue.account, KINDS) == 0
