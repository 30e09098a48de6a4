"""Who watches: looked up in one call, reported for many at once, set by people only."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lpcontext.snapshots import (
    StoredVisit,
    SubjectStatus,
    enqueue,
    take_lease,
    waiting_status,
    watch_subject,
    watch_subjects,
)
from lpcontext.snapshots.memory import connect
from lpcontext.snapshots.store import KEEP_MS
from lpcontext.subjects import State
from tests.support.account_queue import LONG_MS, AccountQueue, redis_now_ms
from tests.support.stored_subject import find_status, forget_subject, store_subject

pytestmark = pytest.mark.usefixtures("memory")


def watched_until(queue: AccountQueue, number: int) -> float | None:
    return connect().zscore(f"lpc:w:{queue.account}", queue.name(number))


def report(queue: AccountQueue, *numbers: int) -> tuple[bool, list[str]]:
    names = {queue.kind: [queue.name(number) for number in numbers]}
    return watch_subjects(queue.account, names, watch_ms=LONG_MS)


def test_a_first_look_finds_nothing_and_watches() -> None:
    queue = AccountQueue()
    before = redis_now_ms()
    found = watch_subject(queue.name(1), kind="visit", account=queue.account, watch_ms=LONG_MS)

    assert (found.status, found.is_queued) == (None, False)
    assert before <= found.now_ms <= redis_now_ms()
    assert watched_until(queue, 1) == found.now_ms + LONG_MS


def test_a_later_look_finds_the_status_and_that_it_waits() -> None:
    queue = AccountQueue()
    queue.add(1)
    found = watch_subject(queue.name(1), kind="visit", account=queue.account, watch_ms=LONG_MS)

    assert found.is_queued
    assert found.status is not None
    assert found.status.state is State.WAITING


def test_a_look_keeps_the_snapshot_for_a_quarter_of_an_hour() -> None:
    queue = AccountQueue()
    queue.add(1)
    connect().pexpire(f"lpc:s:{queue.name(1)}", 60_000)

    queue.enqueue(1)
    assert connect().pttl(f"lpc:s:{queue.name(1)}") <= 60_000  # what a worker wants is no look
    queue.complete_claims(queue.take_one())
    assert 0 < connect().pttl(f"lpc:s:{queue.name(1)}") <= 60_000  # nor is a refresh
    queue.watch(1)
    assert 60_000 < connect().pttl(f"lpc:s:{queue.name(1)}") <= KEEP_MS


def test_to_enqueue_keeps_the_status_that_is_there() -> None:
    queue = AccountQueue()
    queue.add(1)
    queue.complete_claims(queue.take_one())
    known = find_status(queue.name(1))

    queue.enqueue(1)

    assert known is not None
    assert find_status(queue.name(1)) == known


def test_news_replace_it_unless_a_worker_is_at_it() -> None:
    queue = AccountQueue()
    queue.add(1)
    known = find_status(queue.name(1))
    assert known is not None
    news = replace(known, due_ms=1, serial=7)

    enqueue(queue.subject(1), status=news, instead_of=known)
    assert find_status(queue.name(1)) == news
    queue.take_one()
    enqueue(queue.subject(1), status=replace(news, serial=8), instead_of=news)
    assert find_status(queue.name(1)) == news


def test_news_replace_only_what_was_read() -> None:
    """A worker completes a claim between an agent's look and her hurry: the end it wrote stays."""
    queue = AccountQueue()
    queue.add(1)
    read = find_status(queue.name(1))
    assert read is not None
    queue.complete_claims(queue.take_one(), state=State.ENDED, due_in_ms=None)
    status = find_status(queue.name(1))

    enqueue(queue.subject(1), status=replace(read, due_ms=1, serial=read.serial + 1), instead_of=read)

    assert find_status(queue.name(1)) == status
    assert set(queue.waiting()) == {queue.name(1)}  # it is asked for all the same


def test_a_beginning_anew_forgets_all_that_was_kept() -> None:
    queue = AccountQueue()
    queue.add(1)
    store_subject(queue.subject(1), SubjectStatus(state=State.ENDED, first_seen_ms=1, as_of_ms=1), StoredVisit())
    known, place = find_status(queue.name(1)), f"lpc:s:{queue.name(1)}"
    assert {*connect().hkeys(place)} == {b"k", b"m", b"n", b"v"}
    anew = waiting_status(now_ms=redis_now_ms(), interval_ms=5000)

    enqueue(queue.subject(1), status=anew, instead_of=known, anew=True)

    assert find_status(queue.name(1)) == anew
    assert {*connect().hkeys(place)} == {b"k", b"m"}
    assert 0 < connect().pttl(place) <= KEEP_MS


def test_what_a_worker_enqueues_is_watched_as_long_as_a_person_does() -> None:
    queue, behind = AccountQueue(kind="chat"), AccountQueue()
    queue.watch(1)
    status = waiting_status(now_ms=redis_now_ms(), interval_ms=5000)

    enqueue(behind.subject(2), status=status, watched_with=queue.name(1))
    assert watched_until(behind, 2) == watched_until(queue, 1)
    enqueue(behind.subject(3), status=status, watched_with=queue.name(9))
    assert watched_until(behind, 3) is None
    enqueue(behind.subject(4), status=status)
    assert watched_until(behind, 4) is None


def test_what_a_worker_enqueues_shortens_no_watch() -> None:
    queue, behind = AccountQueue(kind="chat"), AccountQueue()
    queue.watch(1, watch_ms=1000)
    behind.watch(2)
    until = watched_until(behind, 2)

    enqueue(behind.subject(2), status=SubjectStatus(state=State.LIVE, first_seen_ms=1), watched_with=queue.name(1))

    assert watched_until(behind, 2) == until


def test_many_are_watched_with_one_word() -> None:
    queue = AccountQueue()
    queue.add(1, 2)
    before = redis_now_ms()
    report(queue, 1, 2)

    for number in (1, 2):
        assert before + LONG_MS <= (watched_until(queue, number) or 0) <= redis_now_ms() + LONG_MS


def test_what_waits_in_no_queue_is_reported() -> None:
    queue = AccountQueue()
    queue.add(1, 2, 3)
    queue.complete_claims(queue.take(most=1).claims[0], due_in_ms=None)

    _, missing = report(queue, 1, 2, 3, 4)

    assert set(missing) == {queue.name(4)} | ({queue.name(number) for number in (1, 2, 3)} - set(queue.waiting()))
    assert len(missing) == 2


def test_each_kind_is_looked_for_in_its_own_queue() -> None:
    visits, chats = AccountQueue(), AccountQueue(kind="chat")
    visits.add(1)
    names = {"visit": [visits.name(1), visits.name(2)], "chat": [chats.name(1)]}

    _, missing = watch_subjects(visits.account, names, watch_ms=LONG_MS)
    assert missing == [visits.name(2), chats.name(1)]
    chats.add(1)
    assert watch_subjects(visits.account, names, watch_ms=LONG_MS)[1] == [visits.name(2)]


def test_what_a_worker_holds_is_not_missing() -> None:
    queue = AccountQueue()
    queue.add(1)
    queue.take_one()

    assert report(queue, 1)[1] == []


def test_a_shift_that_is_missing_is_called_by_the_first_who_says_so() -> None:
    queue = AccountQueue()
    queue.add(1)
    take_lease(queue.account, 0, owner="one", lease_ms=LONG_MS)
    assert not report(queue, 1)[0]

    connect().delete(f"lpc:l:{queue.account}:0")
    assert [report(queue, 1)[0] for _ in range(3)] == [True, False, False]


def test_no_shift_is_requested_for_what_waits_in_no_queue() -> None:
    queue = AccountQueue()

    assert report(queue, 1) == (False, [queue.name(1)])


def test_saying_so_keeps_the_snapshot_too() -> None:
    queue = AccountQueue()
    queue.add(1)
    connect().pexpire(f"lpc:s:{queue.name(1)}", 1000)

    report(queue, 1)

    assert 1000 < connect().pttl(f"lpc:s:{queue.name(1)}") <= KEEP_MS


def test_a_forgotten_subject_is_watched_and_waits_all_the_same() -> None:
    queue = AccountQueue()
    queue.add(1)
    forget_subject(queue.name(1))

    assert report(queue, 1)[1] == []
    assert not connect().exists(f"lpc:s:{queue.name(1)}")
