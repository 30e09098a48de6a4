"""A shift with everything real around it but LivePerson, which has a script."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from lpcontext.snapshots import (
    RedisStore,
    SubjectStatus,
    note_failure,
    read_counts,
    subscribe_to_changes,
)
from lpcontext.snapshots.memory import connect
from lpcontext.subjects import State
from tests.support.account_queue import LONG_MS, AccountQueue, command
from tests.support.chat_responses import login
from tests.support.running_shift import VISIT, give_credentials, kept_visit, make_queue, shift_running, state_of, tend
from tests.support.scripted_server import ScriptedServer, reply
from tests.support.waiting import PATIENCE_SECONDS, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("memory")]

# How long a worker may hold a log-in for the others.
LOCK_MS = 20_000
# A shift goes two seconds after its last watcher; looks come before, then, and after.
LEAVING_SECONDS = 1.85


@pytest.fixture
def heard() -> Iterator[list[tuple[str, SubjectStatus]]]:
    """Every status that is written meanwhile."""
    changes: list[tuple[str, SubjectStatus]] = []
    subscription = subscribe_to_changes(
        on_change=lambda name, status: changes.append((name, status)), on_loss=lambda: None
    )
    subscription.start()
    wait_until(lambda: subscription.is_live)
    yield changes
    subscription.stop()


def test_what_is_watched_is_asked_for_and_kept(liveperson: ScriptedServer) -> None:
    queue = make_queue("6001")

    tend(queue, until=lambda: state_of(queue) is State.LIVE)

    kept = kept_visit(queue)
    assert kept is not None
    assert kept.visitor_id == "visitor-1"
    assert len(liveperson.asked_for("state")) == 1


def test_a_worker_that_ends_leaves_its_lease_and_no_claim(liveperson: ScriptedServer) -> None:
    queue = make_queue("6002")
    may_answer = threading.Event()
    liveperson.will("state", replace(reply(200, VISIT), meanwhile=may_answer.wait))

    tend(queue, until=lambda: len(liveperson.asked_for("state")) == 1)
    may_answer.set()

    assert connect().keys("lpc:l:*") == []
    assert [claim.name for claim in queue.take().claims] == [queue.name(1)]


def end_log_in_locks() -> None:
    """As when their time has passed, which is shorter than that of anything else the workers share."""
    locks = [key for key in connect().scan_iter("lpc:x:*") if connect().pttl(key) <= LOCK_MS]
    assert locks
    connect().delete(*locks)


def test_memory_that_fails_during_a_call_makes_no_answer_unreadable(
    liveperson: ScriptedServer, heard: list[tuple[str, SubjectStatus]]
) -> None:
    """What workers share cannot be written just then: that says nothing of what LivePerson answered."""
    queue, was_refused = make_queue("6003"), threading.Event()

    def refuse_store() -> None:
        command("ACL", "SETUSER", "default", "resetkeys", "~lpc:[^x]*")
        was_refused.set()

    def allow_store() -> None:
        was_refused.wait()
        threading.Event().wait(1)  # long enough to be noticed
        command("ACL", "SETUSER", "default", "allkeys")
        end_log_in_locks()  # the lock of the log-in that could not be kept ends by itself, in twenty seconds

    liveperson.will("login", replace(login(), meanwhile=refuse_store), login())
    mender = threading.Thread(target=allow_store)
    mender.start()
    try:
        tend(queue, until=lambda: state_of(queue) is State.LIVE)
    finally:
        was_refused.set()
        mender.join()

    assert State.UNREADABLE not in {status.state for _, status in heard}
    assert not any(name == "refresh_faults" for name, _ in read_counts())


def test_a_probe_that_had_to_wait_for_a_log_in_is_still_the_probe(liveperson: ScriptedServer) -> None:
    queue = make_queue("6004")
    for _ in range(5):
        note_failure(queue.circuit, is_probe=False)
    queue.pass_time(60_000)

    colleague = RedisStore(queue.account_id).lock("login-lock", seconds=60)
    assert colleague.__enter__()

    def end_log_in() -> bool:
        """Once the probe has met somebody who logs in."""
        if int(connect().hget(f"lpc:c:{queue.circuit}", "probing") or 0) == 0:
            return False
        if connect().keys("lpc:x:*"):
            threading.Event().wait(0.5)
            colleague.__exit__(None, None, None)
        return True

    releaser = threading.Thread(target=lambda: wait_until(end_log_in))
    releaser.start()
    tend(queue, until=lambda: state_of(queue) is State.LIVE)
    releaser.join()

    assert queue.take(most=1).closed_until_ms is None
    assert not connect().hexists(f"lpc:c:{queue.circuit}", "until")


def test_new_credentials_wake_what_waits_for_them(liveperson: ScriptedServer) -> None:
    queue = make_queue("6005")
    liveperson.will("login", reply(401))
    tend(queue, until=lambda: state_of(queue) is State.UNAUTHORIZED)

    liveperson.will("login", login())
    give_credentials("6005", "second password")

    tend(queue, until=lambda: state_of(queue) is State.LIVE)


def test_looks_at_the_end_of_a_shift_are_not_forgotten(liveperson: ScriptedServer, settings: Any) -> None:
    """Nobody has watched, so the shift is about to leave: it stays, or whoever looks requests another."""
    settings.REFRESH_SECONDS, settings.READ_SECONDS = LONG_MS / 1000, 2 * PATIENCE_SECONDS
    may_answer = threading.Event()
    liveperson.will("state", replace(reply(200, VISIT), meanwhile=may_answer.wait))
    queues = [AccountQueue(account_id=f"63{number:02}") for number in range(24)]
    for queue in queues:
        give_credentials(queue.account_id)

    with ExitStack() as shifts:
        running = [shifts.enter_context(shift_running(queue.account_id)) for queue in queues]
        begun = time.monotonic()

        def look(place: int, number: int, *, after: float) -> None:
            time.sleep(max(0.0, begun + after - time.monotonic()))
            queue = queues[place]
            queue.watch(number)
            must_start = queue.enqueue(number)
            running[place].notify()
            if must_start:
                running[place] = shifts.enter_context(shift_running(queue.account_id))

        for place in range(len(queues)):
            look(place, 1, after=LEAVING_SECONDS + place * 0.02)
        for place in range(len(queues)):
            look(place, 2, after=LEAVING_SECONDS + 1)
        may_answer.set()
        wait_until(lambda: {state_of(queue, number) for queue in queues for number in (1, 2)} == {State.LIVE})
