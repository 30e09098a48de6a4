"""What is written reaches every process that listens, and none believes what it has while its connection is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from lpcontext.snapshots import (
    SubjectStatus,
    lock_is_held,
    renew_lock,
    subscribe_to_changes,
    subscribe_to_enqueued,
)
from lpcontext.snapshots.memory import connect
from lpcontext.snapshots.subscription import Subscription
from lpcontext.subjects import State
from tests.support.account_queue import AccountQueue, command
from tests.support.stored_subject import find_status
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("memory")
Listen = Callable[[], tuple[Subscription, "Heard"]]


class Heard:
    def __init__(self) -> None:
        self.changes: list[tuple[str, SubjectStatus]] = []
        self.losses = 0

    def note_change(self, name: str, status: SubjectStatus) -> None:
        self.changes.append((name, status))

    def note_loss(self) -> None:
        self.losses += 1


@pytest.fixture
def listen() -> Iterator[Listen]:
    """A process that listens to what changes."""
    subscriptions: list[Subscription] = []

    def begin() -> tuple[Subscription, Heard]:
        heard = Heard()
        subscriptions.append(subscribe_to_changes(on_change=heard.note_change, on_loss=heard.note_loss))
        subscriptions[-1].start()
        wait_until(lambda: subscriptions[-1].is_live)
        return subscriptions[-1], heard

    yield begin
    for subscription in subscriptions:
        subscription.stop()
    wait_until(lambda: not is_listening())


def is_listening() -> bool:
    return any(thread.name.startswith("subscription") for thread in threading.enumerate())


def cut_lines() -> None:
    command("CLIENT", "KILL", "TYPE", "PUBSUB")


def test_every_process_hears_every_status_that_is_written(listen: Listen) -> None:
    processes = [listen()[1] for _ in range(3)]
    queue = AccountQueue()
    queue.add(1, 2)
    queue.complete_claims(*queue.take().claims)

    for heard in processes:
        wait_until(lambda heard=heard: len(heard.changes) == 2)  # type: ignore[misc]
        assert dict(heard.changes) == {queue.name(number): find_status(queue.name(number)) for number in (1, 2)}


def test_what_is_written_by_nobody_who_held_the_claim_is_not_published(listen: Listen) -> None:
    _, heard = listen()
    queue = AccountQueue()
    queue.add(1)
    first = queue.take_one(claim_ms=1)
    second = queue.take_lapsed()
    queue.complete_claims(first, state=State.UNREADABLE)
    queue.complete_claims(second)

    wait_until(lambda: bool(heard.changes))
    assert [status.state for _, status in heard.changes] == [State.LIVE]


def test_a_connection_that_is_cut_is_lost_once_and_comes_back(listen: Listen) -> None:
    subscription, heard = listen()

    cut_lines()
    wait_until(lambda: heard.losses == 1)
    wait_until(lambda: subscription.is_live)

    queue = AccountQueue()
    queue.add(1)
    queue.complete_claims(queue.take_one())
    wait_until(lambda: len(heard.changes) == 1)
    assert heard.losses == 1


def test_a_connection_that_is_cut_costs_the_others_nothing(listen: Listen) -> None:
    subscription, heard = listen()
    renew_lock("m", seconds=60)

    cut_lines()
    while not (heard.losses and subscription.is_live):
        assert lock_is_held("m")  # not once is memory said to be gone


def test_a_subscription_that_may_not_be_had_is_asked_for_again(listen: Listen) -> None:
    subscription, heard = listen()
    command("ACL", "SETUSER", "default", "-subscribe")
    try:
        cut_lines()
        wait_until(lambda: heard.losses == 1)
        assert not subscription.is_live
    finally:
        command("ACL", "SETUSER", "default", "+subscribe")
    wait_until(lambda: subscription.is_live)


def test_one_that_has_stopped_leaves_no_connection_and_no_thread() -> None:
    subscription = subscribe_to_changes(on_change=lambda name, status: None, on_loss=lambda: None)
    subscription.start()
    subscription.start()
    wait_until(lambda: subscription.is_live)
    assert dict(connect().pubsub_numsub("lpc:changes")) == {b"lpc:changes": 1}

    subscription.stop()

    wait_until(lambda: dict(connect().pubsub_numsub("lpc:changes")) == {b"lpc:changes": 0})
    wait_until(lambda: not is_listening())


def test_each_enqueued_subject_names_its_account() -> None:
    accounts: list[str] = []
    subscription = subscribe_to_enqueued(on_account=accounts.append)
    subscription.start()
    wait_until(lambda: subscription.is_live)
    queue = AccountQueue()

    queue.enqueue(1)

    wait_until(lambda: accounts == [queue.account])
    subscription.stop()
    wait_until(lambda: not is_listening())
