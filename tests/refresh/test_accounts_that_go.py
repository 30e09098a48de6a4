"""An account that is removed or paused: nothing of its visitors is shown any more, whoever still has a token."""

from __future__ import annotations

import threading

import pytest

from lpcontext.refresh.shift import Shift
from lpcontext.snapshots import (
    StoredVisit,
    SubjectStatus,
    find_stored,
    keep_body,
    name_of,
    subscribe_to_changes,
)
from lpcontext.snapshots.memory import connect
from lpcontext.subjects import State, VisitKey
from lpcontext.visits import Person, Visit
from tests.support.account_queue import redis_now_ms
from tests.support.stored_subject import find_status, store_subject
from tests.support.waiting import wait_until

KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")


def tend_until_settled(account_id: str) -> None:
    """A shift, until the first thing it writes."""
    stopping = threading.Event()
    changes = subscribe_to_changes(on_change=lambda name, status: stopping.set(), on_loss=lambda: None)
    changes.start()
    wait_until(lambda: changes.is_live)
    Shift(account_id, number=0, stopping=stopping, start_shift=lambda account, number: None).run()
    changes.stop()


@pytest.mark.django_db
@pytest.mark.usefixtures("memory")
def test_what_was_known_is_forgotten_with_the_account() -> None:
    now_ms, name = redis_now_ms(), name_of(KEY)
    live = SubjectStatus(state=State.LIVE, first_seen_ms=now_ms, as_of_ms=now_ms, due_ms=now_ms)
    known = store_subject(KEY, live, StoredVisit(visit=Visit(person=Person(name="Ada"))))
    keep_body(name, b"<p>Ada</p>", version=known.version, viewer="masked")

    tend_until_settled(KEY.account_id)

    found = find_stored(name, StoredVisit)
    assert found is not None
    assert (found[0].state, found[0].has_answer, found[1]) == (State.UNAUTHORIZED, False, None)
    assert set(connect().hkeys(f"lpc:s:{name}")) == {b"k", b"m", b"n"}


@pytest.mark.django_db
@pytest.mark.usefixtures("memory")
def test_a_shift_gives_its_lease_back_when_the_worker_ends() -> None:
    now_ms = redis_now_ms()
    store_subject(KEY, SubjectStatus(state=State.WAITING, first_seen_ms=now_ms, due_ms=now_ms), None)

    tend_until_settled(KEY.account_id)

    assert connect().keys("lpc:l:*") == []
    assert find_status(name_of(KEY)) is not None
