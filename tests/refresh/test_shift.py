"""A shift with everything real around it but LivePerson, which has a script."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from lpcontext.accounts import add_account
from lpcontext.refresh.shift import Shift
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import (
    SharedShelf,
    StoredVisit,
    SubjectStatus,
    find_status,
    find_stored,
    listen_to_changes,
    note_failure,
    read_counts,
)
from lpcontext.snapshots.memory import connect
from lpcontext.subjects import State
from tests.support.chatting import login
from tests.support.one_queue import OneQueue, command, wait_until
from tests.support.scripted_server import ScriptedServer, reply
from tests.support.visiting import NOW, page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("memory")]
VISIT = {"id": "session", "appSessions": [{"id": "session", "pages": [page(1, begun_ms=NOW, stay_ms=1)]}]}


@pytest.fixture
def liveperson(settings: Any) -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        settings.DOMAIN_API_URL = server.base_url
        server.will("login", login())
        server.will("logout", reply(200))
        server.will("state", reply(200, VISIT))
        yield server


@pytest.fixture
def heard() -> Iterator[list[tuple[str, SubjectStatus]]]:
    """Every status that is written meanwhile."""
    told: list[tuple[str, SubjectStatus]] = []
    listener = listen_to_changes(hear=lambda name, status: told.append((name, status)), lose=lambda: None)
    listener.start()
    wait_until(lambda: listener.is_live)
    yield told
    listener.stop()


def make_queue(account_id: str) -> OneQueue:
    """Of an account that exists, with one visit that is watched and due."""
    give_credentials(account_id, "first password")
    queue = OneQueue(account_id=account_id)
    queue.add(1)
    return queue


def give_credentials(account_id: str, password: str) -> None:
    document = {"kind": "login", "username": "bot", "password": password}
    add_account(account_id=account_id, document=document, sealer=get_sealer())


def tend(queue: OneQueue, *, until: Callable[[], bool]) -> None:
    """A worker tends the account until it is so, and then ends."""
    stopping, was_so = threading.Event(), threading.Event()

    def watch() -> None:
        try:
            wait_until(until)
            was_so.set()
        finally:
            stopping.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    Shift(queue.account_id, seat=0, stopping=stopping, call_worker=lambda account, seat: None).run()
    watcher.join()
    assert was_so.is_set()


def state_of(queue: OneQueue, number: int = 1) -> State | None:
    status = find_status(queue.name(number))
    return status.state if status else None


def test_what_is_watched_is_asked_for_and_kept(liveperson: ScriptedServer) -> None:
    queue = make_queue("6001")

    tend(queue, until=lambda: state_of(queue) is State.LIVE)

    found = find_stored(queue.name(1), StoredVisit)
    assert found is not None
    assert found[1] is not None
    assert found[1].visit is not None
    assert found[1].visit.visitor_id == "visitor-1"
    assert len(liveperson.asked_for("state")) == 1


def test_a_worker_that_ends_leaves_its_seat_and_no_claim(liveperson: ScriptedServer) -> None:
    queue = make_queue("6002")
    may_answer = threading.Event()
    liveperson.will("state", replace(reply(200, VISIT), meanwhile=may_answer.wait))

    tend(queue, until=lambda: len(liveperson.asked_for("state")) == 1)
    may_answer.set()

    assert connect().keys("lpc:l:*") == []
    assert [claim.name for claim in queue.take().claims] == [queue.name(1)]


def test_memory_that_fails_during_a_call_makes_no_answer_unreadable(
    liveperson: ScriptedServer, heard: list[tuple[str, SubjectStatus]]
) -> None:
    """What workers share cannot be written just then: that says nothing of what LivePerson told."""
    queue, was_refused = make_queue("6003"), threading.Event()

    def refuse_shelf() -> None:
        command("ACL", "SETUSER", "default", "resetkeys", "~lpc:[^x]*")
        was_refused.set()

    def allow_shelf() -> None:
        was_refused.wait()
        threading.Event().wait(1)  # long enough to be noticed
        command("ACL", "SETUSER", "default", "allkeys")

    liveperson.will("login", replace(login(), meanwhile=refuse_shelf), login())
    mender = threading.Thread(target=allow_shelf)
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

    colleague = SharedShelf(queue.account_id).lock("login-lock", seconds=60)
    assert colleague.__enter__()

    def end_log_in() -> bool:
        """Once the probe has been told that somebody logs in."""
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
