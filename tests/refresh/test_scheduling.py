"""Somebody looks: what is known is shown, and what nobody keeps young is queued."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from msgspec.structs import replace

from lpcontext.refresh import view_subject
from lpcontext.refresh.timing import HURRY_MS, watch_ms
from lpcontext.snapshots import KEEP_AT_MOST_MS, Claim, StoredChat, SubjectStatus, name_of
from lpcontext.snapshots.memory import connect
from lpcontext.subjects import ChatKey, State, VisitKey
from tests.support.account_queue import LONG_MS, AccountQueue, redis_now_ms
from tests.support.stored_subject import find_status, store_subject
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("memory")
QUEUE = AccountQueue()
KEY = VisitKey(account_id=QUEUE.account_id, visitor_id="visitor-1", session_id="session")
CHAT = ChatKey(account_id=QUEUE.account_id, chat_id="chat-1")


def keep(state: State, *, due_in_ms: int | None = None, asked_ago_ms: int | None = None, **fields: Any) -> int:
    """As a worker left it; returns the moment it did."""
    now_ms = redis_now_ms()
    status = SubjectStatus(
        state=state,
        first_seen_ms=fields.pop("first_seen_ms", now_ms - 1000),
        due_ms=None if due_in_ms is None else now_ms + due_in_ms,
        asked_ms=None if asked_ago_ms is None else now_ms - asked_ago_ms,
        **fields,
    )
    store_subject(KEY, status, None)
    return now_ms


def due_ms() -> float | None:
    return connect().zscore(QUEUE.place, name_of(KEY))


def look(*, is_launch: bool = False, in_a_hurry: bool = False) -> SubjectStatus:
    view = view_subject(KEY, is_launch=is_launch, in_a_hurry=in_a_hurry)
    assert view.visit is not None
    return view.visit


def test_a_first_look_is_waiting_watched_and_due_at_once() -> None:
    before = redis_now_ms()
    status = look()

    assert status.state is State.WAITING
    assert before <= (due_ms() or 0) <= redis_now_ms()
    watched = connect().zscore(f"lpc:w:{QUEUE.account}", name_of(KEY)) or 0
    assert before + watch_ms() <= watched <= redis_now_ms() + watch_ms()


def test_a_second_look_changes_nothing() -> None:
    status, due = look(), due_ms()

    assert look() == status
    assert due_ms() == due


def test_a_plain_look_at_what_waits_leaves_it_where_it_is() -> None:
    keep(State.CACHED, due_in_ms=LONG_MS, as_of_ms=1)
    due = due_ms()

    assert look().state is State.CACHED
    assert due_ms() == due


def test_what_nobody_keeps_young_any_more_is_queued_again_for_when_it_was_due() -> None:
    now_ms = keep(State.LIVE, due_in_ms=LONG_MS, as_of_ms=1)
    connect().delete(QUEUE.place)

    assert look().state is State.LIVE
    assert now_ms + LONG_MS <= (due_ms() or 0) <= redis_now_ms() + LONG_MS


def test_after_six_hours_a_look_begins_anew() -> None:
    keep(State.ENDED, first_seen_ms=redis_now_ms() - KEEP_AT_MOST_MS - 1, as_of_ms=1)

    assert look().state is State.WAITING
    assert find_status(name_of(KEY)) == look()


def test_within_six_hours_it_does_not() -> None:
    keep(State.ENDED, first_seen_ms=redis_now_ms() - KEEP_AT_MOST_MS + LONG_MS, as_of_ms=1)

    assert look().state is State.ENDED


# a refusal at first

NO = sorted(state for state in State if state.is_refused_at_first)


@pytest.mark.parametrize("state", NO)
def test_a_plain_look_leaves_a_refusal_alone(state: State) -> None:
    keep(state, asked_ago_ms=LONG_MS)

    assert look().state is state
    assert due_ms() is None


@pytest.mark.parametrize("state", NO)
def test_a_new_launch_asks_again(state: State) -> None:
    keep(state, asked_ago_ms=LONG_MS)

    assert look(is_launch=True).state is State.WAITING
    assert (due_ms() or 0) <= redis_now_ms()


@pytest.mark.parametrize("state", NO)
def test_a_new_launch_right_after_the_answer_does_not(state: State) -> None:
    keep(state, asked_ago_ms=-LONG_MS)

    assert look(is_launch=True).state is state
    assert due_ms() is None


def test_a_new_launch_leaves_what_is_known_alone() -> None:
    keep(State.ENDED, asked_ago_ms=LONG_MS, as_of_ms=1, ended_at_ms=7)

    assert look(is_launch=True).state is State.ENDED


# in a hurry


@pytest.mark.parametrize("state", [State.ENDED, *NO])
def test_in_a_hurry_what_is_over_is_asked_for_again(state: State) -> None:
    keep(state, asked_ago_ms=LONG_MS, ended_at_ms=7)
    status = look(in_a_hurry=True)

    assert (status.state, status.ended_at_ms) == (state, 7)
    assert (due_ms() or 0) <= redis_now_ms()
    assert find_status(name_of(KEY)) == status  # so that its panels tick again


def test_in_a_hurry_it_is_due_a_second_after_it_was_last_asked_for() -> None:
    asked_ms = keep(State.LIVE, due_in_ms=LONG_MS, asked_ago_ms=0, as_of_ms=1, interval_ms=2 * LONG_MS)
    connect().zadd(QUEUE.place, {name_of(KEY): asked_ms + 5 * LONG_MS})

    look(in_a_hurry=True)

    assert asked_ms + HURRY_MS <= (due_ms() or 0) <= redis_now_ms() + HURRY_MS


def test_a_hurry_makes_nothing_later() -> None:
    keep(State.LIVE, due_in_ms=1, asked_ago_ms=-LONG_MS, as_of_ms=1)
    due = due_ms()
    look(in_a_hurry=True)

    assert due_ms() == due


def test_hurries_one_after_another_are_one() -> None:
    keep(State.ENDED, asked_ago_ms=LONG_MS)
    first = look(in_a_hurry=True)
    due = due_ms()

    assert [look(in_a_hurry=True).due_ms for _ in range(20)] == [first.due_ms] * 20
    assert due_ms() == due


def test_a_hurry_takes_nothing_out_of_a_workers_hand() -> None:
    look()
    claim = QUEUE.take_one()
    look(in_a_hurry=True)

    assert QUEUE.take().claims == ()
    assert QUEUE.complete_claims(claim) == {claim.name}


def test_a_hurry_loses_nothing_that_a_worker_writes_meanwhile() -> None:
    """However the two meet: an end that was written stays."""
    for _ in range(50):
        keep(State.LIVE, due_in_ms=LONG_MS, asked_ago_ms=LONG_MS, as_of_ms=1)
        connect().zadd(QUEUE.place, {name_of(KEY): 1})
        claim, together = QUEUE.take_one(), threading.Barrier(2)

        def complete_claims(claim: Claim = claim, together: threading.Barrier = together) -> None:
            together.wait()
            QUEUE.complete_claims(claim, state=State.ENDED, due_in_ms=None)

        worker = threading.Thread(target=complete_claims)
        worker.start()
        together.wait()
        look(in_a_hurry=True)
        worker.join()

        status = find_status(name_of(KEY))
        assert status is not None
        assert status.state is State.ENDED
        connect().flushall()


def test_where_liveperson_fails_a_hurry_waits_an_interval() -> None:
    now_ms = keep(State.CACHED, due_in_ms=10 * LONG_MS, asked_ago_ms=0, as_of_ms=1, interval_ms=LONG_MS)
    look(in_a_hurry=True)

    assert (due_ms() or 0) >= now_ms + LONG_MS


# a chat and the visit behind it


def keep_chat(status: SubjectStatus) -> None:
    store_subject(CHAT, status, StoredChat(visit=KEY))


def test_whoever_looks_at_a_chat_looks_at_the_visit_behind_it() -> None:
    now_ms = keep(State.LIVE, due_in_ms=LONG_MS, as_of_ms=1)
    keep_chat(
        SubjectStatus(state=State.LIVE, first_seen_ms=now_ms, as_of_ms=1, due_ms=now_ms, related=name_of(KEY)),
    )
    connect().delete(f"lpc:w:{QUEUE.account}")

    view = view_subject(CHAT)

    assert (view.kind, view.visit_name) == ("chat", name_of(KEY))
    assert view.own is not None
    assert view.visit == find_status(name_of(KEY))
    assert {*connect().zrange(f"lpc:w:{QUEUE.account}", 0, -1)} == {name_of(CHAT).encode(), name_of(KEY).encode()}


def test_a_chat_that_leads_nowhere_yet_is_viewed_alone() -> None:
    view = view_subject(CHAT)

    assert (view.visit, view.visit_name) == (None, "")
    assert view.own is not None
    assert view.own.state is State.WAITING


def test_a_chat_whose_visit_memory_has_lost_is_viewed_alone() -> None:
    keep_chat(SubjectStatus(state=State.LIVE, first_seen_ms=1, as_of_ms=1, due_ms=redis_now_ms(), related="f" * 32))

    view = view_subject(replace(CHAT))

    assert view.visit is None


def test_a_look_where_no_shift_runs_calls_for_one() -> None:
    look()

    wait_until(lambda: connect().exists(f"lpc:call:{QUEUE.account}:0") == 1)
