"""A new launch, or six hours, begin a subject anew: every process hears of it, and no older word comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lpcontext.refresh import StatusCache, WatchedSubject, view_subject
from lpcontext.snapshots import SubjectStatus, take_lease
from lpcontext.subjects import State
from tests.support.account_queue import LONG_MS, AccountQueue, redis_now_ms
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("memory")


@pytest.fixture
def queue() -> AccountQueue:
    queue = AccountQueue()
    take_lease(queue.account, 0, owner="one", lease_ms=10 * LONG_MS)
    return queue


@pytest.fixture
def cache() -> Iterator[StatusCache]:
    """Of the web process whose panels tick."""
    cache = StatusCache()
    yield cache
    cache.close()


def view(cache: StatusCache, queue: AccountQueue) -> SubjectStatus:
    status = cache.view(WatchedSubject.of(queue.subject(1)))[0].visit
    assert status is not None
    return status


def refuse(cache: StatusCache, queue: AccountQueue) -> None:
    """LivePerson does not know the visit: its panel says so, and stops ticking."""
    view(cache, queue)
    queue.complete_claims(queue.take_one(), state=State.NOT_FOUND, due_in_ms=None)
    wait_until(lambda: view(cache, queue).state is State.NOT_FOUND and not reads_memory(cache, queue))


def reads_memory(cache: StatusCache, queue: AccountQueue) -> bool:
    return cache.view(WatchedSubject.of(queue.subject(1)))[1]


def test_a_panel_opened_anew_ticks_on_though_an_earlier_one_was_refused(
    cache: StatusCache, queue: AccountQueue
) -> None:
    refuse(cache, queue)

    view_subject(queue.subject(1), is_launch=True)  # as another process does for the page

    wait_until(lambda: view(cache, queue).due_ms is not None)
    assert view(cache, queue).state is State.WAITING
    assert set(queue.waiting()) == {queue.name(1)}


def test_what_comes_of_it_is_shown_too(cache: StatusCache, queue: AccountQueue) -> None:
    refuse(cache, queue)
    view_subject(queue.subject(1), is_launch=True)

    queue.complete_claims(queue.take_one())

    wait_until(lambda: view(cache, queue).state is State.LIVE)


def test_a_beginning_by_a_clock_that_was_set_back_is_one_too(cache: StatusCache, queue: AccountQueue) -> None:
    """It is the earlier of the two by its first moment."""
    refuse(cache, queue)
    view_subject(queue.subject(1), is_launch=True)
    claim = queue.take_one()
    assert claim.status is not None
    earlier = redis_now_ms() - 3_600_000
    queue.complete_claims(claim, first_seen_ms=earlier)

    wait_until(lambda: view(cache, queue).first_seen_ms == earlier)
    assert view(cache, queue).state is State.LIVE


def test_many_launches_at_once_begin_it_once(cache: StatusCache, queue: AccountQueue) -> None:
    refuse(cache, queue)

    begun = {view_subject(queue.subject(1), is_launch=True).visit for _ in range(20)}

    assert len(begun) == 1
    assert [claim.name for claim in queue.take().claims] == [queue.name(1)]
