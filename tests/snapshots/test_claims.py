"""Claims: one owner at a time, an end, and nothing kept of an owner whose claim another has taken."""

from __future__ import annotations

import threading

import pytest

from lpcontext.snapshots import release_claims, renew_claims
from lpcontext.subjects import State
from tests.support.account_queue import LONG_MS, AccountQueue, redis_now_ms
from tests.support.stored_subject import find_status
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("memory")


def test_what_is_claimed_is_claimed_by_nobody_else() -> None:
    queue = AccountQueue()
    queue.add(1, 2, 3)

    assert [len(queue.take(most=2).claims), len(queue.take().claims), len(queue.take().claims)] == [2, 1, 0]


def test_workers_that_take_at_once_share_out_what_is_due() -> None:
    queue = AccountQueue()
    queue.add(*range(60))
    together, taken = threading.Barrier(6), list[str]()

    def work() -> None:
        together.wait()
        while claims := queue.take(most=5).claims:
            taken.extend(claim.name for claim in claims)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == sorted(queue.name(number) for number in range(60))


def test_a_claim_holds_what_was_known() -> None:
    queue = AccountQueue()
    queue.add(1)
    queue.complete_claims(queue.take_one(), due_in_ms=0)

    claim = queue.take_one()

    assert claim.subject == queue.subject(1)
    assert claim.status == find_status(queue.name(1))


def test_a_claim_lapses_and_its_first_owner_changes_nothing_any_more() -> None:
    queue = AccountQueue()
    queue.add(1)
    first = queue.take_one(claim_ms=1)
    second = queue.take_lapsed()

    assert second.name == first.name
    assert second.token != first.token
    assert queue.complete_claims(first, state=State.UNREADABLE, due_in_ms=None) == set()
    assert find_status(first.name) == second.status
    assert queue.complete_claims(second) == {second.name}
    status = find_status(second.name)
    assert status is not None
    assert status.state is State.LIVE


def test_a_lapsed_claim_nobody_else_took_still_counts() -> None:
    queue = AccountQueue()
    queue.add(1)
    claim = queue.take_one(claim_ms=1)
    wait_until(lambda: (queue.due_ms([1])[0] or 0) < redis_now_ms())

    assert queue.complete_claims(claim) == {claim.name}


def test_a_completed_claim_is_over() -> None:
    queue = AccountQueue()
    queue.add(1)
    claim = queue.take_one()
    queue.complete_claims(claim)

    assert queue.complete_claims(claim, state=State.UNREADABLE) == set()


def test_a_renewed_claim_lapses_later() -> None:
    queue = AccountQueue()
    queue.add(1)
    claim = queue.take_one(claim_ms=1)
    wait_until(lambda: (queue.due_ms([1])[0] or 0) < redis_now_ms())
    renew_claims(queue.account, queue.kind, [claim], claim_ms=LONG_MS)

    assert queue.take().claims == ()
    assert queue.complete_claims(claim) == {claim.name}


def test_only_its_owner_renews_and_gives_back() -> None:
    queue = AccountQueue()
    queue.add(1)
    first = queue.take_one(claim_ms=1)
    second = queue.take_lapsed()
    until = queue.due_ms([1])

    renew_claims(queue.account, queue.kind, [first], claim_ms=10 * LONG_MS)
    release_claims(queue.account, queue.kind, [first])

    assert queue.due_ms([1]) == until
    assert queue.complete_claims(second) == {second.name}


def test_what_is_given_back_is_due_at_once_for_whoever_comes() -> None:
    queue = AccountQueue()
    queue.add(1)
    claim = queue.take_one()

    release_claims(queue.account, queue.kind, [claim])

    again = queue.take_one()
    assert again.name == claim.name
    assert queue.complete_claims(claim) == set()


def test_what_is_given_back_for_later_is_due_then() -> None:
    queue = AccountQueue()
    queue.add(1)
    before = redis_now_ms()
    release_claims(queue.account, queue.kind, [queue.take_one()], after_ms=LONG_MS)

    assert queue.take().claims == ()
    assert before + LONG_MS <= (queue.due_ms([1])[0] or 0) <= redis_now_ms() + LONG_MS
