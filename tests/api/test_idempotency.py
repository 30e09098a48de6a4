"""The same key with the same request is answered as the first time; with another one it is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from pytest_django import Settings

from lpcontext.snapshots import claim_answer, keep_answer
from lpcontext.snapshots.memory import connect, forget_connection
from tests.api.conftest import TICKET, Ask, assert_problem

KEYED = {"Idempotency-Key": "call-4711"}


def test_a_ticket_asked_for_twice_is_one_ticket(ask: Ask) -> None:
    first, again, other = (ask("POST", "tickets", TICKET, **headers) for headers in (KEYED, KEYED, {}))

    assert first.json() == again.json()
    assert first.json() != other.json()


def test_another_request_with_the_same_key_is_refused(ask: Ask) -> None:
    ask("POST", "tickets", TICKET, **KEYED)

    assert_problem(ask("POST", "tickets", TICKET | {"locale": "de"}, **KEYED), 422, field="Idempotency-Key")


def test_a_refused_request_may_be_mended_and_sent_with_the_same_key(ask: Ask) -> None:
    assert_problem(ask("POST", "tickets", TICKET | {"sessionId": ""}, **KEYED), 400, field="sessionId")

    assert ask("POST", "tickets", TICKET, **KEYED).status_code == 201


@pytest.mark.parametrize("given", ["x" * 201, "né"])
def test_a_key_that_is_none_is_named(ask: Ask, given: str) -> None:
    assert_problem(ask("POST", "tickets", TICKET, **{"Idempotency-Key": given}), 400, field="Idempotency-Key")


def test_what_is_kept_has_an_end_and_says_nothing(ask: Ask) -> None:
    url = ask("POST", "tickets", TICKET, **KEYED).json()["url"]

    (name,) = connect().keys("lpc:i:*")
    kept = connect().hgetall(name)
    assert 0 < connect().pttl(name) <= 60_000
    assert b"call-4711" not in name
    assert not any(url.encode() in value or TICKET["visitorId"].encode() in value for value in kept.values())


@pytest.mark.usefixtures("memory")
def test_of_two_at_once_one_does_it() -> None:
    with ThreadPoolExecutor(8) as threads:
        states = list(threads.map(lambda _: claim_answer("n", "asked").state, range(8)))
    keep_answer("n", b"sealed", seconds=60)

    assert sorted(states) == ["busy"] * 7 + ["claimed"]
    assert claim_answer("n", "asked") == ("kept", b"sealed")


def test_without_memory_the_request_comes_first(ask: Ask, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()

    assert ask("POST", "tickets", TICKET, **KEYED).status_code == 201
