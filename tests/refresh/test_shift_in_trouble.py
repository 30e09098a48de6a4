"""A shift whose memory, database or account fails it while it works: nobody waits for ever, and nothing stays shown."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from lpcontext.accounts.registry import remove_account
from lpcontext.refresh.database import query_database, write_to_database
from lpcontext.snapshots import (
    KEEP_AT_MOST_MS,
    RedisStore,
    StoredVisit,
    SubjectStatus,
    note_failure,
)
from lpcontext.snapshots.memory import connect
from lpcontext.subjects import State
from lpcontext.visits import Person, Visit
from tests.support.account_queue import LONG_MS, AccountQueue, redis_now_ms
from tests.support.clock_set_back import set_back_by_an_hour
from tests.support.running_shift import VISIT, is_claimed, kept_visit, make_queue, shift_running, state_of
from tests.support.scripted_server import HANG_UP, ScriptedServer, reply
from tests.support.stored_subject import find_status, store_subject
from tests.support.waiting import PATIENCE_SECONDS, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("memory")]
ADA = StoredVisit(visit=Visit(person=Person(name="Ada")))


@pytest.fixture(autouse=True)
def _patient_and_quick(settings: Any) -> None:
    settings.READ_SECONDS, settings.REFRESH_SECONDS = 4 * PATIENCE_SECONDS, 1.0


@contextmanager
def busy_database(use: Callable[[Callable[[], object]], object]) -> Iterator[None]:
    """It was given a query or a write, and has not answered."""
    may_answer = threading.Event()
    asker = threading.Thread(target=use, args=[may_answer.wait], daemon=True)
    asker.start()
    try:
        yield
    finally:
        may_answer.set()
        asker.join()


def test_an_answer_counts_though_its_claim_was_lost_in_mid_call(liveperson: ScriptedServer) -> None:
    """Taken again meanwhile, it is not asked for twice: calls slower than claims last would never end."""
    queue, may_answer, over = make_queue("6101"), threading.Event(), threading.Event()
    first, second = (replace(reply(200, VISIT), meanwhile=event.wait) for event in (may_answer, over))
    liveperson.will("state", first, second)
    try:
        with shift_running(queue.account_id):
            wait_until(lambda: len(liveperson.asked_for("state")) == 1)
            connect().flushall()
            queue.add(1)
            wait_until(lambda: is_claimed(queue))
            may_answer.set()
            wait_until(lambda: state_of(queue) is State.LIVE)
            over.set()
    finally:
        may_answer.set()
        over.set()


def test_a_database_that_is_silent_stops_no_refresh(liveperson: ScriptedServer) -> None:
    queue = make_queue("6102")
    with shift_running(queue.account_id):
        wait_until(lambda: state_of(queue) is State.LIVE)
        with busy_database(query_database):
            asked = len(liveperson.asked_for("state"))
            wait_until(lambda: len(liveperson.asked_for("state")) >= asked + 4)
            assert connect().exists(f"lpc:l:{queue.account}:0")


def test_after_redis_clock_was_set_back_an_hour_it_is_asked_for_as_before(liveperson: ScriptedServer) -> None:
    queue = make_queue("6107")
    with shift_running(queue.account_id):
        wait_until(lambda: state_of(queue) is State.LIVE)
        set_back_by_an_hour(queue)
        asked = len(liveperson.asked_for("state"))
        wait_until(lambda: len(liveperson.asked_for("state")) >= asked + 3)


def test_a_note_the_database_does_not_take_keeps_no_question_waiting(liveperson: ScriptedServer) -> None:
    queue = make_queue("6103")
    with busy_database(write_to_database), shift_running(queue.account_id):
        wait_until(lambda: state_of(queue) is State.LIVE)


def test_an_account_removed_while_it_waits_for_a_log_in_waits_no_more(liveperson: ScriptedServer) -> None:
    queue = make_queue("6104")
    with RedisStore(queue.account_id).lock("login-lock", seconds=LONG_MS / 1000) as is_ours:
        assert is_ours
        with shift_running(queue.account_id):
            wait_until(lambda: is_claimed(queue))
            remove_account(queue.account_id)
            wait_until(lambda: state_of(queue) is State.UNAUTHORIZED)
            assert not is_claimed(queue)


def test_of_an_account_that_is_gone_nothing_stays_though_liveperson_is_down() -> None:
    """What it waited for is minutes away: nobody waits for that."""
    queue, now_ms = AccountQueue(account_id="6105"), redis_now_ms()
    known = SubjectStatus(state=State.CACHED, first_seen_ms=now_ms, as_of_ms=now_ms, due_ms=now_ms + 8 * LONG_MS)
    store_subject(queue.subject(1), known, ADA)
    for _ in range(6):
        note_failure(queue.circuit, is_probe=False)
    assert kept_visit(queue) == ADA.visit

    with shift_running(queue.account_id):
        wait_until(lambda: kept_visit(queue) is None)

    assert state_of(queue) is State.UNAUTHORIZED


def test_what_liveperson_has_forgotten_after_six_hours_is_forgotten_here(liveperson: ScriptedServer) -> None:
    queue = make_queue("6106")
    now_ms, begun_ms = redis_now_ms(), redis_now_ms() - KEEP_AT_MOST_MS - LONG_MS
    queue.complete_claims(queue.take_one(), state=State.NOT_FOUND, due_in_ms=None)
    connect().delete(f"lpc:s:{queue.name(1)}")
    known = SubjectStatus(state=State.UNREADABLE, first_seen_ms=begun_ms, as_of_ms=begun_ms, due_ms=now_ms)
    store_subject(queue.subject(1), known, ADA)
    liveperson.will("state", HANG_UP)

    with shift_running(queue.account_id):
        wait_until(lambda: state_of(queue) in {State.UPSTREAM_DOWN, State.CACHED})

    status = find_status(queue.name(1))
    assert status is not None
    assert (status.state, status.has_answer, kept_visit(queue)) == (State.UPSTREAM_DOWN, False, None)
    assert status.first_seen_ms >= now_ms
