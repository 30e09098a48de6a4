"""A ticket opens once also when memory was emptied or is full: what nobody can know to be unspent does not open."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from redis.exceptions import OutOfMemoryError

from lpcontext.accounts.models import Account
from lpcontext.launch import LaunchExpired, issue_ticket
from lpcontext.launch.hosts.ticket import spend_ticket
from lpcontext.launch.model import LaunchSpent
from lpcontext.snapshots import MemoryUnavailable, renew_memory_start, shared_now_ms
from lpcontext.snapshots.memory import connect, forget_connection
from lpcontext.subjects import VisitKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]

KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")


def make_ticket() -> str:
    account, _ = Account.objects.get_or_create(id=KEY.account_id)
    return issue_ticket(account, KEY, now_ms=shared_now_ms()).path.removeprefix("/launch/ticket/")


def spend(ticket: str) -> VisitKey:
    subject = spend_ticket(ticket, now_ms=shared_now_ms()).subject
    assert isinstance(subject, VisitKey)
    return subject


def pass_a_moment() -> None:
    """Redis' clock shows another millisecond."""
    before = renew_memory_start().now_ms
    while renew_memory_start().now_ms == before:
        time.sleep(0.001)


def test_the_first_ticket_on_an_empty_memory_opens() -> None:
    assert spend(make_ticket()) == KEY


def test_a_spent_ticket_stays_spent_when_memory_was_emptied() -> None:
    ticket = make_ticket()
    spend(ticket)
    pass_a_moment()
    connect().flushall()

    with pytest.raises(LaunchExpired):
        spend(ticket)


def test_neither_does_one_that_was_not_spent_open_then_for_nobody_knows() -> None:
    ticket = make_ticket()
    pass_a_moment()
    connect().flushall()
    later = make_ticket()

    with pytest.raises(LaunchExpired):
        spend(ticket)
    assert spend(later) == KEY


def test_a_ticket_that_was_issued_while_memory_was_out_of_reach_opens_when_it_has_lost_nothing(settings: Any) -> None:
    address = settings.REDIS_URL
    renew_memory_start()
    pass_a_moment()
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    ticket = make_ticket()

    settings.REDIS_URL = address
    forget_connection()

    assert spend(ticket) == KEY
    with pytest.raises(LaunchSpent):
        spend(ticket)


def test_since_when_memory_remembers_is_kept_and_has_an_end() -> None:
    first = renew_memory_start()
    connect().pexpire("lpc:born", 60_000)
    pass_a_moment()

    again = renew_memory_start()

    assert again.started_ms == first.started_ms <= first.now_ms < again.now_ms
    assert 60_000 < connect().pttl("lpc:born") <= 3_600_000


@pytest.fixture
def little_room() -> Iterator[Any]:
    """The embedded Valkey as it is set up, but small; as large as before afterwards."""
    valkey: Any = connect()
    before = valkey.config_get("maxmemory")["maxmemory"]
    valkey.config_set("maxmemory", valkey.info("memory")["used_memory"] + 2_000_000)
    yield valkey
    valkey.config_set("maxmemory", before)


def fill(valkey: Any) -> int:
    """Write what has an end until no more is taken, or far more than there is room for; returns how much was taken."""
    for number in range(400):
        try:
            valkey.set(f"filling:{number}", b"x" * 20_000, px=600_000)
        except OutOfMemoryError:
            return number
    return 400


def test_a_spent_ticket_stays_spent_when_memory_is_full(little_room: Any) -> None:
    ticket = make_ticket()
    spend(ticket)
    taken = fill(little_room)

    with pytest.raises(LaunchSpent):
        spend(ticket)
    assert taken < 400


def test_a_full_memory_opens_no_ticket_and_leaves_it_good(little_room: Any) -> None:
    ticket = make_ticket()
    little_room.config_set("maxmemory", 1)
    with pytest.raises(MemoryUnavailable):
        spend(ticket)

    little_room.config_set("maxmemory", 0)

    assert spend(ticket) == KEY
