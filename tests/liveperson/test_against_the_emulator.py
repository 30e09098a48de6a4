"""The client and the emulator of LivePerson, which shares no code with it: every way in, every fault by one name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from lpcontext.emulator import Choices, EmulatedAccount, Emulator, list_faults
from lpcontext.liveperson import (
    BadRequest,
    ConnectionFailed,
    LivePersonError,
    RateLimited,
    Reason,
    UnreadableResponse,
    VisitNotFound,
    WrongAccount,
    WrongSession,
    WrongVisitor,
    read_credentials,
)
from lpcontext.liveperson.errors import CredentialsRejected, HostNotAllowed, LoginBlocked, ServerFailed, TimedOut
from tests.support.client_harness import ClientHarness
from tests.support.manual_clock import ManualClock

KINDS = ("oauth1", "login", "oauth2")
MINUTE = 60
HOUR = 60 * MINUTE


@contextmanager
def ask(
    emulator: Emulator, clock: ManualClock, kind: Any = "oauth1", *, impatient: bool = False, **spoiled: str
) -> Iterator[ClientHarness]:
    account = emulator.account
    credentials = read_credentials(account.credentials(kind) | spoiled)
    patience = 0.2 if impatient else 10
    harness = ClientHarness(
        emulator.base_url, credentials, account_id=account.account_id, clock=clock, read_seconds=patience
    )
    with harness:
        yield harness


def bearer_held(harness: ClientHarness) -> object:
    return json.loads(harness.store.get("login") or b"{}").get("bearer")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_credentials_sees_a_visit(emulator: Emulator, clock: ManualClock, kind: str) -> None:
    visitor_id, session_id = emulator.mint_visit()

    with ask(emulator, clock, kind) as harness:
        state = harness.look(visitor_id=visitor_id, session_id=session_id)
        again = harness.look(visitor_id=visitor_id, session_id=session_id)

    assert isinstance(state, dict)
    assert str(state["id"]).startswith(session_id)
    assert isinstance(again, dict)


@pytest.mark.parametrize(
    ("kind", "wrong", "reason"),
    [
        ("oauth1", "secret", Reason.SIGNATURE_INVALID),
        ("oauth1", "access_token_secret", Reason.SIGNATURE_INVALID),
        ("oauth1", "app_key", Reason.KEY_UNKNOWN),
        ("oauth1", "access_token", Reason.TOKEN_REFUSED),
        ("login", "password", Reason.LOGIN_REFUSED),
        ("oauth2", "client_secret", Reason.LOGIN_REFUSED),
    ],
)
def test_wrong_credentials_are_rejected_with_what_to_look_at(
    clock: ManualClock, kind: str, wrong: str, reason: Reason
) -> None:
    with Emulator(clock=clock, choices=Choices(oauth_refusal="form")) as emulator:
        visitor_id, session_id = emulator.mint_visit()
        spoiled: Any = {wrong: "mistyped"}
        with ask(emulator, clock, kind, **spoiled) as harness, pytest.raises(CredentialsRejected) as raised:
            harness.look(visitor_id=visitor_id, session_id=session_id)

    assert raised.value.reason is reason


def test_a_clock_that_is_wrong_is_named_as_the_cause(clock: ManualClock) -> None:
    with Emulator(clock=clock, choices=Choices(oauth_refusal="form")) as emulator:
        visitor_id, session_id = emulator.mint_visit()
        late = ManualClock(clock.now - HOUR)
        with ask(emulator, late) as harness, pytest.raises(CredentialsRejected) as raised:
            harness.look(visitor_id=visitor_id, session_id=session_id)

    assert raised.value.reason is Reason.CLOCK_REFUSED


@pytest.mark.parametrize("kind", ["login", "oauth2"])
def test_a_bearer_that_has_run_out_is_replaced_without_a_word(
    emulator: Emulator, clock: ManualClock, kind: str
) -> None:
    visitor_id, session_id = emulator.mint_visit()

    with ask(emulator, clock, kind) as harness:
        harness.look(visitor_id=visitor_id, session_id=session_id)
        emulator.add_fault("bearer-expired")
        assert harness.look(visitor_id=visitor_id, session_id=session_id)


def test_a_login_kept_alive_outlives_its_eight_hours(emulator: Emulator, clock: ManualClock) -> None:
    with ask(emulator, clock, "login") as harness:
        visitor_id, session_id = emulator.mint_visit()
        harness.look(visitor_id=visitor_id, session_id=session_id)
        bearer = bearer_held(harness)
        for _ in range(20):
            clock.pass_time(30 * MINUTE)
            assert harness.client.keep_login() is True
        visitor_id, session_id = emulator.mint_visit()
        harness.look(visitor_id=visitor_id, session_id=session_id)

        assert bearer_held(harness) == bearer


def test_a_login_ended_by_logging_out_is_worth_nothing(emulator: Emulator, clock: ManualClock) -> None:
    visitor_id, session_id = emulator.mint_visit()

    with ask(emulator, clock, "login") as harness:
        harness.look(visitor_id=visitor_id, session_id=session_id)
        ended = bearer_held(harness)
        harness.client.log_out()
        harness.look(visitor_id=visitor_id, session_id=session_id)

        assert bearer_held(harness) != ended


@pytest.mark.parametrize("odd", ["a/b", "..%2f..", "ünï", "a b+c", "x" * 200])
def test_an_odd_id_is_signed_as_it_travels_and_only_then_unknown(
    emulator: Emulator, clock: ManualClock, odd: str
) -> None:
    """A signature over anything but the raw path would be refused before the id is looked at."""
    with ask(emulator, clock) as harness, pytest.raises((VisitNotFound, WrongVisitor)):
        harness.look(visitor_id=odd, session_id="ttJpjOmRQ0adbOusBi5UlA")


def test_an_account_nobody_has_is_unknown_to_the_domain_api(emulator: Emulator, clock: ManualClock) -> None:
    credentials = read_credentials(emulator.account.credentials())

    harness = ClientHarness(emulator.base_url, credentials, account_id="999", clock=clock)
    with harness, pytest.raises(WrongAccount) as raised:
        harness.look()

    assert raised.value.operation == "domain look-up"


def test_a_visit_that_has_ended_is_not_found(emulator: Emulator, clock: ManualClock) -> None:
    visitor_id, session_id = emulator.mint_visit()

    with ask(emulator, clock) as harness:
        harness.look(visitor_id=visitor_id, session_id=session_id)
        clock.pass_time(6 * HOUR + 1)
        with pytest.raises(VisitNotFound):
            harness.look(visitor_id=visitor_id, session_id=session_id)


# What each fault of the emulator must become, and with which credentials; None where the visit is seen all the same.
NAMED: dict[str, tuple[str, type[LivePersonError] | None, Reason | None]] = {
    "slow": ("oauth1", TimedOut, Reason.TIMED_OUT),
    "timeout": ("oauth1", TimedOut, Reason.TIMED_OUT),
    "drop": ("oauth1", ConnectionFailed, Reason.ANSWER_CUT),
    "reset": ("oauth1", ConnectionFailed, Reason.CONNECTION_DROPPED),
    "drip-headers": ("oauth1", TimedOut, Reason.TIMED_OUT),
    "drip-body": ("oauth1", TimedOut, Reason.TIMED_OUT),
    "gzip-of-nothing": ("oauth1", TimedOut, Reason.TIMED_OUT),
    "another-visit": ("oauth1", None, None),
    "another-chat": ("login", None, None),
    "chats-400": ("login", None, None),
    "chats-403": ("login", None, None),
    "chats-half": ("login", None, None),
    "500": ("oauth1", ServerFailed, Reason.SERVER_FAILED),
    "503": ("oauth1", ServerFailed, Reason.SERVER_FAILED),
    "429": ("oauth1", RateLimited, Reason.RATE_LIMITED),
    "not-found": ("oauth1", VisitNotFound, Reason.VISIT_NOT_FOUND),
    "account": ("oauth1", WrongAccount, Reason.WRONG_ACCOUNT),
    "visitor": ("oauth1", WrongVisitor, Reason.WRONG_VISITOR),
    "session": ("oauth1", WrongSession, Reason.WRONG_SESSION),
    "bad-request": ("oauth1", BadRequest, Reason.BAD_REQUEST),
    "unauthorized": ("oauth1", CredentialsRejected, Reason.NO_PERMISSION),
    "forbidden": ("oauth1", CredentialsRejected, Reason.NO_PERMISSION),
    "oauth-problem": ("oauth1", CredentialsRejected, Reason.SIGNATURE_INVALID),
    "html": ("oauth1", UnreadableResponse, Reason.HTML_ANSWER),
    "empty": ("oauth1", UnreadableResponse, Reason.EMPTY_ANSWER),
    "truncated": ("oauth1", UnreadableResponse, Reason.NOT_JSON),
    "not-object": ("oauth1", UnreadableResponse, Reason.NOT_AN_OBJECT),
    "redirect": ("oauth1", UnreadableResponse, Reason.REDIRECTED),
    "odd-field": ("oauth1", None, None),
    "ended": ("oauth1", None, None),
    "bearer-expired": ("login", None, None),
    "agent-session-expired": ("login", None, None),
    "cookie-refused": ("login", None, None),
    "login-429": ("login", RateLimited, Reason.RATE_LIMITED),
    "login-451": ("login", LoginBlocked, Reason.LOGIN_BLOCKED),
    "login-401": ("oauth2", CredentialsRejected, Reason.LOGIN_REFUSED),
    "loading": ("oauth1", None, None),
    "domain-500": ("oauth1", ServerFailed, Reason.SERVER_FAILED),
    "foreign-host": ("oauth1", HostNotAllowed, Reason.HOST_NOT_ALLOWED),
}


def test_every_fault_of_the_emulator_has_its_error() -> None:
    assert {fault.name for fault in list_faults()} == set(NAMED)


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("envelope", ["flat", "nested"])
def test_each_fault_ends_in_exactly_one_named_error(clock: ManualClock, name: str, envelope: Any) -> None:
    kind, wanted, reason = NAMED[name]
    with Emulator(clock=clock, choices=Choices(error_envelope=envelope)) as emulator:
        visitor_id, session_id = emulator.mint_visit()
        emulator.add_fault(name)
        with ask(emulator, clock, kind, impatient=wanted is TimedOut) as harness:
            if wanted is None:
                assert harness.look(visitor_id=visitor_id, session_id=session_id)
                return
            with pytest.raises(LivePersonError) as raised:
                harness.look(visitor_id=visitor_id, session_id=session_id)

    assert type(raised.value) is wanted
    assert raised.value.reason is reason
    assert visitor_id not in f"{raised.value!r} {vars(raised.value)}"


def test_a_pause_the_emulator_asks_for_is_read(emulator: Emulator, clock: ManualClock) -> None:
    visitor_id, session_id = emulator.mint_visit()
    emulator.add_fault("429", retry_after=17)

    with ask(emulator, clock) as harness, pytest.raises(RateLimited) as raised:
        harness.look(visitor_id=visitor_id, session_id=session_id)

    assert raised.value.retry_after == 17


def test_two_accounts_do_not_see_each_others_visits(clock: ManualClock) -> None:
    with Emulator(EmulatedAccount("71820394"), EmulatedAccount("20202020"), clock=clock) as emulator:
        visitor_id, session_id = emulator.mint_visit(account_id="20202020")
        with ask(emulator, clock) as harness, pytest.raises(VisitNotFound):
            harness.look(visitor_id=visitor_id, session_id=session_id)
