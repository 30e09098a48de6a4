"""Nothing piles up: whatever a verb leaves in memory goes by itself."""

from __future__ import annotations

import pytest

from lpcontext.snapshots import (
    RedisStore,
    StoredVisit,
    TokenBucket,
    count,
    find_accounts_without_shift,
    keep_body,
    make_due,
    note_failure,
    note_limit,
    note_recent_subject,
    note_success,
    release_claims,
    release_lease,
    renew_claims,
    renew_lock,
    renew_memory_start,
    request_shift,
    spend_nonce,
    sweep_queues,
    take_lease,
    take_tokens,
    waiting_status,
    watch_subjects,
)
from lpcontext.snapshots.memory import connect
from lpcontext.subjects import ChatKey, State
from tests.support.account_queue import LONG_MS, AccountQueue
from tests.support.stored_subject import forget_subject, store_subject

pytestmark = pytest.mark.usefixtures("memory")
KINDS = ("visit", "chat")
LONGEST_MS = 6 * 3_600_000
# One hash of as many fields as there are counters: it cannot grow, and must not end.
WITHOUT_END: set[bytes | str] = {b"lpc:counts"}


def keys_without_end() -> set[bytes | str]:
    return {key for key in connect().keys("*") if not 0 < connect().pttl(key) <= LONGEST_MS} - WITHOUT_END


def run_account(queue: AccountQueue) -> None:
    """All that is ever done to an account, in an order that has each verb find something."""
    queue.add(*range(6))
    take_lease(queue.account, 0, owner="one", lease_ms=LONG_MS)
    request_shift(queue.account, 1, again_ms=LONG_MS)
    first, second, *claims = queue.take(pace_ms=LONG_MS if queue.kind == "chat" else 0).claims
    renew_claims(queue.account, queue.kind, claims, claim_ms=LONG_MS)
    release_claims(queue.account, queue.kind, [first], after_ms=LONG_MS)
    queue.complete_claims(second, state=State.ENDED, due_in_ms=None)
    queue.complete_claims(*claims)
    make_due(queue.account, queue.kind, spread_ms=LONG_MS)
    watch_subjects(queue.account, {queue.kind: [queue.name(number) for number in range(9)]}, watch_ms=LONG_MS)
    forget_subject(queue.name(3))
    queue.enqueue(3)
    sweep_queues(queue.account, KINDS)


def run_circuit(queue: AccountQueue) -> None:
    note_limit(queue.circuit, is_probe=False, least_ms=1, wished_ms=0)
    for _ in range(9):
        note_failure(queue.circuit, is_probe=False)
    queue.pass_time(LONG_MS)
    queue.enqueue(1)
    queue.take()
    note_success(queue.circuit, is_probe=True)
    note_failure(queue.circuit, is_probe=False)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_an_account_leaves_has_an_end(kind: str) -> None:
    queue = AccountQueue(kind=kind)
    run_account(queue)
    assert keys_without_end() == set()
    run_circuit(queue)
    assert keys_without_end() == set()
    release_lease(queue.account, 0, owner="one")
    find_accounts_without_shift(KINDS, again_ms=LONG_MS)

    assert keys_without_end() == set()
    assert len(connect().keys("*")) > 10


def test_so_has_what_is_kept_of_a_subject_also_when_it_is_forgotten_meanwhile() -> None:
    queue = AccountQueue()
    store_subject(queue.subject(1), waiting_status(now_ms=1, interval_ms=5000), StoredVisit())
    keep_body(queue.name(1), b"body", version="a" * 16, viewer="masked")
    queue.watch(1)
    queue.enqueue(1)
    claim = queue.take_one()
    forget_subject(claim.name)
    queue.complete_claims(claim)
    keep_body(queue.name(1), b"body", version="a" * 16, viewer="masked")

    assert not connect().exists(f"lpc:s:{claim.name}")
    assert keys_without_end() == set()


def test_so_has_what_a_worker_brings_back_after_memory_was_emptied() -> None:
    queue = AccountQueue()
    queue.add(1, 2)
    claims = queue.take().claims
    connect().flushall()

    assert queue.complete_claims(claims[0]) == set()
    renew_claims(queue.account, queue.kind, claims, claim_ms=LONG_MS)
    release_claims(queue.account, queue.kind, claims)
    make_due(queue.account, queue.kind, spread_ms=0, names=[claims[0].name])
    note_success(queue.circuit, is_probe=True)
    sweep_queues(queue.account, KINDS)

    assert connect().keys("*") == []


def test_so_has_everything_workers_share() -> None:
    store = RedisStore("71820394")
    store.put("bearer", b"b", seconds=60)
    spend_nonce("t", issued_ms=renew_memory_start().now_ms, seconds=60)
    renew_lock("k", seconds=60)
    take_tokens(TokenBucket(("key", "1"), per_minute=60, burst=30), TokenBucket(("key", "2"), per_minute=9999, burst=1))
    note_recent_subject("user:1", ChatKey(account_id="71820394", chat_id="H1"))
    with store.lock("l", seconds=60):
        count("looks")

        assert len(connect().keys("*")) == 9
        assert keys_without_end() == set()
