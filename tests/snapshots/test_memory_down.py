"""With Redis gone, every verb says MemoryUnavailable and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lpcontext import snapshots
from lpcontext.snapshots import Claim, MemoryUnavailable, Notes, Settled, SharedShelf, StoredVisit, SubjectStatus
from lpcontext.snapshots.memory import forget_connection
from lpcontext.subjects import State, VisitKey, now_ms

KEY = VisitKey(account_id="1", visitor_id="v", session_id="s")
STATUS = SubjectStatus(state=State.LIVE, first_seen_ms=1)
CLAIM = Claim(name="n" * 32, token="t", subject=KEY, status=STATUS, notes=Notes())

VERBS: dict[str, Callable[[], object]] = {
    "call_for_seat": lambda: snapshots.call_for_seat("a", 1, again_ms=1),
    "cancel_call": lambda: snapshots.cancel_call("a", 0),
    "drop_mark": lambda: snapshots.drop_mark("n"),
    "count_waiting": lambda: snapshots.count_waiting("a", ("visit",)),
    "enqueue": lambda: snapshots.enqueue(KEY, status=STATUS),
    "find_body": lambda: snapshots.find_body("n", version="v", viewer="masked"),
    "find_key": lambda: snapshots.find_key("n"),
    "find_status": lambda: snapshots.find_status("n"),
    "find_stored": lambda: snapshots.find_stored("n", StoredVisit),
    "find_unattended": lambda: snapshots.find_unattended(("visit",), again_ms=1),
    "find_waiting": lambda: snapshots.find_waiting("a", "visit"),
    "forget_subject": lambda: snapshots.forget_subject("n"),
    "give_back": lambda: snapshots.give_back("a", "visit", [CLAIM]),
    "keep_body": lambda: snapshots.keep_body("n", b"", version="v", viewer="masked"),
    "keep_mark": lambda: snapshots.keep_mark("n", seconds=1),
    "look_up": lambda: snapshots.look_up("n", kind="visit", account="a", watch_ms=1),
    "mark_is_set": lambda: snapshots.mark_is_set("n"),
    "memory_now_ms": lambda: snapshots.memory_now_ms(),
    "note_failure": lambda: snapshots.note_failure("c", is_probe=False),
    "note_limit": lambda: snapshots.note_limit("c", is_probe=False, least_ms=1, wished_ms=1),
    "note_success": lambda: snapshots.note_success("c", is_probe=False),
    "read_counts": lambda: snapshots.read_counts(),
    "release_lease": lambda: snapshots.release_lease("a", 0, owner="o"),
    "renew_claims": lambda: snapshots.renew_claims("a", "visit", [CLAIM], claim_ms=1),
    "renew_lifetime": lambda: snapshots.renew_lifetime(),
    "settle": lambda: snapshots.settle("a", "visit", [Settled(claim=CLAIM, status=STATUS)]),
    "sweep_queues": lambda: snapshots.sweep_queues("a", ("visit",)),
    "take_due": lambda: snapshots.take_due(
        *("a", "visit"), circuit="c", token="t", most=1, claim_ms=1, pace_ms=0, slack_ms=0, probe_ms=1,
        wants_stored=False,
    ),
    "take_mark": lambda: snapshots.take_mark("n", seconds=1),
    "take_lease": lambda: snapshots.take_lease("a", 0, owner="o", lease_ms=1),
    "tell_rights_changed": lambda: snapshots.tell_rights_changed(),
    "use_once": lambda: snapshots.use_once("n", given_ms=1, seconds=1),
    "wake_queue": lambda: snapshots.wake_queue("a", "visit", spread_ms=0),
    "watch_many": lambda: snapshots.watch_many("a", {"visit": ["n"]}, watch_ms=1),
}  # fmt: skip
OF_A_SHELF: dict[str, Callable[[], object]] = {
    "get": lambda: SharedShelf("1").get("n"),
    "put": lambda: SharedShelf("1").put("n", b"", seconds=1),
    "drop": lambda: SharedShelf("1").drop("n"),
    "lock": lambda: SharedShelf("1").lock("n", seconds=1).__enter__(),
}
# Pure, a thread of its own, or made so that it never gets in the way.
WITHOUT_ASKING = {
    *("can_open_form", "circuit_of", "count", "kind_of", "listen_to_bell", "listen_to_changes", "listen_to_rights"),
    *("name_of", "name_of_account", "name_version", "open_stored", "shared_now_ms", "stored_form", "waiting_status"),
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


@pytest.mark.parametrize("verb", OF_A_SHELF)
def test_so_does_every_verb_of_a_shelf(verb: str) -> None:
    with pytest.raises(MemoryUnavailable):
        OF_A_SHELF[verb]()


def test_no_verb_was_forgotten_here() -> None:
    """A verb begins in lower case; types do not."""
    verbs = {name for name in snapshots.__all__ if name[0].islower()}

    assert verbs == set(VERBS) | WITHOUT_ASKING


def test_counting_never_gets_in_the_way() -> None:
    snapshots.count("looks")


def test_without_redis_this_machines_clock_is_good_enough() -> None:
    assert abs(snapshots.shared_now_ms() - now_ms()) < 60_000
