"""Statuses in this process: brought here as workers write them, believed only while the subscription is live."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from lpcontext.refresh import StatusCache, WatchedSubject
from lpcontext.refresh.timing import watch_ms
from lpcontext.snapshots import (
    MemoryUnavailable,
    SubjectStatus,
    name_of,
    take_lease,
    waiting_status,
)
from lpcontext.snapshots.codec import encode_status
from lpcontext.snapshots.memory import connect, forget_connection
from lpcontext.subjects import ChatKey, State, VisitKey
from tests.support.account_queue import LONG_MS, AccountQueue, command, redis_now_ms
from tests.support.stored_subject import find_status, store_subject
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("memory")
REPORT_SECONDS = 1.0


@pytest.fixture
def cache(memory: None) -> Iterator[StatusCache]:
    """Of one web process."""
    cache = StatusCache()
    yield cache
    cache.close()
    wait_until(
        lambda: not any(thread.name in ("watches", "subscription lpc:changes") for thread in threading.enumerate())
    )


@pytest.fixture
def queue(memory: None) -> AccountQueue:
    """A worker has its shift, so none is requested."""
    queue = AccountQueue()
    take_lease(queue.account, 0, owner="one", lease_ms=10 * LONG_MS)
    return queue


def watched(queue: AccountQueue, number: int = 1) -> WatchedSubject:
    return WatchedSubject.of(queue.subject(number))


def view(cache: StatusCache, queue: AccountQueue, number: int = 1, *, in_a_hurry: bool = False) -> SubjectStatus:
    shown, _ = cache.view(watched(queue, number), in_a_hurry=in_a_hurry)
    status = shown.visit
    assert status is not None
    return status


def asked() -> int:
    """How many scripts Redis has run: each look at memory is one."""
    stats: dict[str, Any] = connect().info("commandstats")
    return sum(stats.get(f"cmdstat_{name}", {}).get("calls", 0) for name in ("evalsha", "eval"))


def wait_for_line(*, is_up: bool = True) -> None:
    wait_until(lambda: dict(connect().pubsub_numsub("lpc:changes"))[b"lpc:changes"] == int(is_up))


def allow_lines(*, are_allowed: bool) -> None:
    command("ACL", "SETUSER", "default", "+subscribe" if are_allowed else "-subscribe")


@pytest.fixture
def no_subscription(memory: None) -> Iterator[None]:
    """Redis answers, but lets nobody listen."""
    allow_lines(are_allowed=False)
    yield
    allow_lines(are_allowed=True)


def settle_in(cache: StatusCache, queue: AccountQueue) -> None:
    """A panel has ticked, a worker has answered, and the subscription is live."""
    view(cache, queue)
    wait_for_line()
    queue.complete_claims(queue.take_one())
    wait_until(lambda: view(cache, queue).state is State.LIVE)


def test_what_a_worker_writes_reaches_a_view_without_asking_memory(cache: StatusCache, queue: AccountQueue) -> None:
    settle_in(cache, queue)
    view(cache, queue)
    before, begun = asked(), time.monotonic()
    for _ in range(500):
        assert view(cache, queue).state is State.LIVE

    rounds = 1 + (time.monotonic() - begun) / REPORT_SECONDS
    assert asked() - before <= rounds  # one word for all panels a second


def test_each_news_reaches_it(cache: StatusCache, queue: AccountQueue) -> None:
    settle_in(cache, queue)
    for state in (State.CACHED, State.UNREADABLE, State.ENDED):
        queue.enqueue(1)
        connect().zadd(queue.place, {queue.name(1): 1})
        queue.complete_claims(queue.take_one(), state=state)
        wait_until(lambda state=state: view(cache, queue).state is state)  # type: ignore[misc]


def test_without_a_subscription_each_view_asks_memory(
    cache: StatusCache, queue: AccountQueue, no_subscription: None
) -> None:
    view(cache, queue)
    queue.complete_claims(queue.take_one())
    before = asked()

    assert [view(cache, queue).state for _ in range(20)] == [State.LIVE] * 20
    assert asked() - before >= 20


def test_a_subscription_that_is_lost_makes_it_ask_again(cache: StatusCache, queue: AccountQueue) -> None:
    settle_in(cache, queue)
    allow_lines(are_allowed=False)
    try:
        command("CLIENT", "KILL", "TYPE", "PUBSUB")
        wait_for_line(is_up=False)
        connect().zadd(queue.place, {queue.name(1): 1})
        queue.complete_claims(queue.take_one(), state=State.UNREADABLE)
        wait_until(lambda: view(cache, queue).state is State.UNREADABLE)
    finally:
        allow_lines(are_allowed=True)


def test_what_was_read_before_the_subscription_was_live_is_not_believed_once_it_is(
    cache: StatusCache, queue: AccountQueue, no_subscription: None
) -> None:
    """What was written between the reading and the subscription reached nobody here."""
    assert view(cache, queue).state is State.WAITING
    queue.complete_claims(queue.take_one())

    allow_lines(are_allowed=True)
    wait_for_line()
    time.sleep(REPORT_SECONDS / 4)  # so that the word of Redis has been heard here as well

    assert view(cache, queue).state is State.LIVE


def test_of_two_first_looks_at_once_both_hear_what_comes_of_it(cache: StatusCache, queue: AccountQueue) -> None:
    """Each has begun a history of its own; memory keeps that of the first, which began earlier."""
    ours = view(cache, queue)
    wait_for_line()
    theirs = replace(ours, first_seen_ms=ours.first_seen_ms - 3, due_ms=ours.first_seen_ms - 3)
    connect().hset(f"lpc:s:{queue.name(1)}", "m", encode_status(theirs))

    queue.complete_claims(queue.take_one())

    wait_until(lambda: view(cache, queue).state is State.LIVE)


def test_it_never_goes_back_to_an_older_status(cache: StatusCache, queue: AccountQueue) -> None:
    settle_in(cache, queue)
    over, seen = threading.Event(), list[int]()

    def look() -> None:
        while not over.is_set():
            seen.append(view(cache, queue, in_a_hurry=len(seen) % 3 == 0).serial)

    threads = [threading.Thread(target=look)]
    for thread in threads:
        thread.start()
    for _ in range(100):
        connect().zadd(queue.place, {queue.name(1): 1})
        queue.complete_claims(*queue.take().claims, due_in_ms=0)
    over.set()
    for thread in threads:
        thread.join()

    assert seen == sorted(seen)
    assert len(set(seen)) > 1


def test_an_older_status_that_comes_late_is_not_heard(cache: StatusCache, queue: AccountQueue) -> None:
    settle_in(cache, queue)
    known = view(cache, queue)
    older = encode_status(known)
    connect().zadd(queue.place, {queue.name(1): 1})
    queue.complete_claims(queue.take_one(), state=State.UNREADABLE)
    wait_until(lambda: view(cache, queue).serial > known.serial)
    later = view(cache, queue)

    connect().publish("lpc:changes", queue.name(1).encode() + f"{len(older):04x}".encode() + older)
    queue.add(2)
    view(cache, queue, 2)
    queue.complete_claims(queue.take_one())
    wait_until(lambda: view(cache, queue, 2).state is State.LIVE)  # written after it, so it has come

    assert view(cache, queue) == later


def test_when_memory_is_emptied_it_begins_anew_by_itself(cache: StatusCache, queue: AccountQueue) -> None:
    settle_in(cache, queue)
    connect().flushall()

    wait_until(lambda: view(cache, queue).state is State.WAITING)
    [claim] = queue.take().claims
    queue.complete_claims(claim)
    wait_until(lambda: view(cache, queue).state is State.LIVE)


def test_a_tick_watches_and_where_nobody_ticks_the_watch_ends(cache: StatusCache, queue: AccountQueue) -> None:
    settle_in(cache, queue)
    view(cache, queue, 2)
    ticked = redis_now_ms()

    def watched_until(number: int) -> float:
        return connect().zscore(f"lpc:w:{queue.account}", queue.name(number)) or 0

    ends: list[float] = []
    for _ in range(3):  # as long as others tick, the cache goes on telling who does
        before = watched_until(1)
        wait_until(lambda before=before: view(cache, queue) is not None and watched_until(1) > before)  # type: ignore[misc]
        ends.append(watched_until(2))

    assert ends[1] == ends[2]
    assert watched_until(1) > ends[2]
    assert watched_until(1) <= redis_now_ms() + watch_ms()
    assert ticked + watch_ms() <= ends[2]


def test_a_shift_that_is_missing_is_called_though_no_tick_asks_memory(cache: StatusCache, queue: AccountQueue) -> None:
    settle_in(cache, queue)
    connect().delete(f"lpc:l:{queue.account}:0")
    connect().delete(f"lpc:call:{queue.account}:0")

    wait_until(lambda: view(cache, queue).state is State.LIVE and connect().exists(f"lpc:call:{queue.account}:0") == 1)


def test_in_a_hurry_what_is_over_is_asked_for_again_and_plainly_not(cache: StatusCache, queue: AccountQueue) -> None:
    settle_in(cache, queue)
    connect().zadd(queue.place, {queue.name(1): 1})
    queue.complete_claims(queue.take_one(), state=State.ENDED, due_in_ms=None)
    wait_until(lambda: view(cache, queue).state is State.ENDED)
    assert queue.waiting() == {}

    assert view(cache, queue, in_a_hurry=True).due_ms is not None
    assert set(queue.waiting()) == {queue.name(1)}
    assert view(cache, queue).due_ms is not None  # so that the panel goes on ticking


def test_another_processes_hurry_reaches_this_one(cache: StatusCache, queue: AccountQueue) -> None:
    settle_in(cache, queue)
    connect().zadd(queue.place, {queue.name(1): 1})
    queue.complete_claims(queue.take_one(), state=State.ENDED, due_in_ms=None)
    wait_until(lambda: view(cache, queue).due_ms is None)

    other = StatusCache()
    view(other, queue, in_a_hurry=True)

    wait_until(lambda: view(cache, queue).due_ms is not None)
    other.close()


def test_a_chat_is_viewed_with_the_visit_behind_it(cache: StatusCache, queue: AccountQueue) -> None:
    chat = ChatKey(account_id=queue.account_id, chat_id="chat-1")
    visit = VisitKey(account_id=queue.account_id, visitor_id="visitor-1", session_id="session")
    subject = WatchedSubject.of(chat)
    assert cache.view(subject)[0].visit is None
    wait_for_line()
    now_ms = redis_now_ms()
    store_subject(visit, waiting_status(now_ms=now_ms, interval_ms=5000), None)
    live = SubjectStatus(state=State.LIVE, first_seen_ms=now_ms, as_of_ms=now_ms, due_ms=now_ms, related=name_of(visit))
    store_subject(chat, live, None)

    wait_until(lambda: cache.view(subject)[0].visit == find_status(name_of(visit)))
    shown, _ = cache.view(subject)
    assert (shown.own, shown.visit_name) == (find_status(name_of(chat)), name_of(visit))
    queue.complete_claims(*queue.take().claims)
    wait_until(lambda: cache.view(subject)[0].visit == find_status(name_of(visit)))


def test_without_memory_it_says_so_and_is_well_again_by_itself(settings: Any, cache: StatusCache) -> None:
    address, queue = settings.REDIS_URL, AccountQueue()
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    with pytest.raises(MemoryUnavailable):
        view(cache, queue)

    settings.REDIS_URL = address
    forget_connection()
    assert view(cache, queue).state is State.WAITING
    wait_for_line()
    queue.complete_claims(queue.take_one())
    wait_until(lambda: view(cache, queue).state is State.LIVE)
