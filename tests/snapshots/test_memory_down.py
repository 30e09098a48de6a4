"""With Redis gone, every verb says MemoryUnavailable and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lpcontext import snapshots
from lpcontext.snapshots import (
    Claim,
    ClaimResult,
    LastAnswer,
    MemoryUnavailable,
    RedisStore,
    StoredVisit,
    SubjectStatus,
    TokenBucket,
)
from lpcontext.snapshots.memory import forget_connection
from lpcontext.subjects import State, VisitKey, now_ms

KEY = VisitKey(account_id="1", visitor_id="v", session_id="s")
STATUS = SubjectStatus(state=State.LIVE, first_seen_ms=1)
CLAIM = Claim(name="n" * 32, token="t", subject=KEY, status=STATUS, last_answer=LastAnswer())

VERBS: dict[str, Callable[[], object]] = {
    "request_shift": lambda: snapshots.request_shift("a", 1, again_ms=1),
    "cancel_shift_request": lambda: snapshots.cancel_shift_request("a", 0),
    "release_lock": lambda: snapshots.release_lock("n"),
    "count_waiting": lambda: snapshots.count_waiting("a", ("visit",)),
    "enqueue": lambda: snapshots.enqueue(KEY, status=STATUS),
    "find_body": lambda: snapshots.find_body("n", version="v", viewer="masked"),
    "find_key": lambda: snapshots.find_key("n"),
    "find_stored": lambda: snapshots.find_stored("n", StoredVisit),
    "find_accounts_without_shift": lambda: snapshots.find_accounts_without_shift(("visit",), again_ms=1),
    "find_waiting": lambda: snapshots.find_waiting("a", "visit"),
    "release_claims": lambda: snapshots.release_claims("a", "visit", [CLAIM]),
    "keep_body": lambda: snapshots.keep_body("n", b"", version="v", viewer="masked"),
    "renew_lock": lambda: snapshots.renew_lock("n", seconds=1),
    "watch_subject": lambda: snapshots.watch_subject("n", kind="visit", account="a", watch_ms=1),
    "lock_is_held": lambda: snapshots.lock_is_held("n"),
    "memory_now_ms": lambda: snapshots.memory_now_ms(),
    "note_failure": lambda: snapshots.note_failure("c", is_probe=False),
    "note_limit": lambda: snapshots.note_limit("c", is_probe=False, least_ms=1, wished_ms=1),
    "note_success": lambda: snapshots.note_success("c", is_probe=False),
    "read_counts": lambda: snapshots.read_counts(),
    "release_lease": lambda: snapshots.release_lease("a", 0, owner="o"),
    "renew_claims": lambda: snapshots.renew_claims("a", "visit", [CLAIM], claim_ms=1),
    "renew_memory_start": lambda: snapshots.renew_memory_start(),
    "complete_claims": lambda: snapshots.complete_claims("a", "visit", [ClaimResult(claim=CLAIM, status=STATUS)]),
    "sweep_queues": lambda: snapshots.sweep_queues("a", ("visit",)),
    "take_due": lambda: snapshots.take_due(
        *("a", "visit"), circuit="c", token="t", most=1, claim_ms=1, pace_ms=0, slack_ms=0, probe_ms=1,
        wants_stored=False,
    ),
    "list_recent_subjects": lambda: snapshots.list_recent_subjects("user:1"),
    "note_recent_subject": lambda: snapshots.note_recent_subject("user:1", KEY),
    "find_token_wait": lambda: snapshots.find_token_wait(TokenBucket(("n",), per_minute=1, burst=1)),
    "take_tokens": lambda: snapshots.take_tokens(TokenBucket(("n",), per_minute=1, burst=1)),
    "take_lock": lambda: snapshots.take_lock("n", seconds=1),
    "take_lease": lambda: snapshots.take_lease("a", 0, owner="o", lease_ms=1),
    "publish_rights_change": lambda: snapshots.publish_rights_change(),
    "push_waiting_record": lambda: snapshots.push_waiting_record(b"sealed"),
    "list_waiting_records": lambda: snapshots.list_waiting_records(1),
    "remove_waiting_records": lambda: snapshots.remove_waiting_records([b"sealed"]),
    "claim_answer": lambda: snapshots.claim_answer("n", "asked"),
    "keep_answer": lambda: snapshots.keep_answer("n", b"sealed", seconds=1),
    "drop_answer": lambda: snapshots.drop_answer("n"),
    "spend_nonce": lambda: snapshots.spend_nonce("n", issued_ms=1, seconds=1),
    "make_due": lambda: snapshots.make_due("a", "visit", spread_ms=0),
    "watch_subjects": lambda: snapshots.watch_subjects("a", {"visit": ["n"]}, watch_ms=1),
}  # fmt: skip
OF_THE_SHARED_STORE: dict[str, Callable[[], object]] = {
    "get": lambda: RedisStore("1").get("n"),
    "put": lambda: RedisStore("1").put("n", b"", seconds=1),
    "drop": lambda: RedisStore("1").drop("n"),
    "lock": lambda: RedisStore("1").lock("n", seconds=1).__enter__(),
}
# Pure, a thread of its own, or made so that it never gets in the way.
WITHOUT_ASKING = {
    *(
        "can_open_form",
        "name_of_circuit",
        "count",
        "subscribe_to_enqueued",
        "subscribe_to_changes",
        "subscribe_to_rights",
    ),
    *("name_of", "name_of_account", "with_version", "open_stored", "shared_now_ms", "stored_form", "waiting_status"),
}


@pytest.fixture(autouse=True)
def _nobody_listens(settings: Any) -> Any:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    yield
    forget_connection()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_says_that_memory_is_unavailable(verb: str) -> None:
    with pytest.raises(MemoryUnavailable):
        VERBS[verb]()


@pytest.mark.parametrize("verb", OF_THE_SHARED_STORE)
def test_so_does_every_verb_of_the_shared_store(verb: str) -> None:
    with pytest.raises(MemoryUnavailable):
        OF_THE_SHARED_STORE[verb]()


def test_no_verb_was_forgotten_here() -> None:
    """A verb begins in lower case; types do not."""
    verbs = {name for name in snapshots.__all__ if name[0].islower()}

    assert verbs == set(VERBS) | WITHOUT_ASKING


def test_counting_never_gets_in_the_way() -> None:
    snapshots.count("looks")


def test_without_redis_this_machines_clock_is_good_enough() -> None:
    assert abs(snapshots.shared_now_ms() - now_ms()) < 60_000
