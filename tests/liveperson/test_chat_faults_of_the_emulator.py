"""Each fault of the emulator, struck by a look at a chat, ends in one named error."""

from __future__ import annotations

from typing import Any

import pytest

from lpcontext.emulator import Choices, Emulator, list_faults
from lpcontext.liveperson import (
    AgentSessionRefused,
    BadRequest,
    ChatNotFound,
    ConnectionFailed,
    LivePersonError,
    RateLimited,
    Reason,
    UnreadableResponse,
)
from lpcontext.liveperson.errors import CredentialsRejected, HostNotAllowed, LoginBlocked, ServerFailed, TimedOut
from tests.liveperson.emulated_chats import ask
from tests.support.manual_clock import ManualClock

# What each fault must become when it strikes a look at a chat; None where the chat is seen all the same.
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
    "503": ("login", ServerFailed, Reason.SERVER_FAILED),
    "429": ("login", RateLimited, Reason.RATE_LIMITED),
    "not-found": ("login", ChatNotFound, Reason.CHAT_NOT_FOUND),
    "account": ("login", ChatNotFound, Reason.CHAT_NOT_FOUND),
    "visitor": ("login", ChatNotFound, Reason.CHAT_NOT_FOUND),
    "session": ("oauth1", ChatNotFound, Reason.CHAT_NOT_FOUND),
    "bad-request": ("oauth1", BadRequest, Reason.BAD_REQUEST),
    "unauthorized": ("login", CredentialsRejected, Reason.NO_PERMISSION),
    "forbidden": ("login", CredentialsRejected, Reason.NO_PERMISSION),
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
    "cookie-refused": ("login", AgentSessionRefused, Reason.AGENT_SESSION_REFUSED),
    "login-429": ("login", RateLimited, Reason.RATE_LIMITED),
    "login-451": ("login", LoginBlocked, Reason.LOGIN_BLOCKED),
    "login-401": ("oauth2", CredentialsRejected, Reason.LOGIN_REFUSED),
    "loading": ("oauth1", None, None),
    "domain-500": ("oauth1", ServerFailed, Reason.SERVER_FAILED),
    "foreign-host": ("oauth1", HostNotAllowed, Reason.HOST_NOT_ALLOWED),
}
# Those that strike visits, and whatever else they are told to.
EVERYWHERE = {fault.name for fault in list_faults() if fault.service == "smt" and not fault.kinds}


def test_every_fault_of_the_emulator_has_its_error() -> None:
    assert {fault.name for fault in list_faults()} == set(NAMED)


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("envelope", ["flat", "nested"])
def test_each_fault_ends_in_exactly_one_named_error(clock: ManualClock, name: str, envelope: Any) -> None:
    kind, wanted, reason = NAMED[name]
    struck = {"service": "agentVep", "kinds": ("chat",)} if name in EVERYWHERE else {}
    with Emulator(clock=clock, choices=Choices(error_envelope=envelope)) as emulator:
        chat_id, _, _ = emulator.mint_chat(frozen=True)
        emulator.add_fault(name, **struck)
        with ask(emulator, clock, kind, patience=0.2 if wanted is TimedOut else 10) as harness:
            if wanted is None:
                assert harness.client.chat_agent.chat(chat_id)
                return
            with pytest.raises(LivePersonError) as raised:
                harness.client.chat_agent.chat(chat_id)

    assert type(raised.value) is wanted
    assert raised.value.reason is reason
    assert chat_id not in f"{raised.value!r} {vars(raised.value)}"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("not-found", AgentSessionRefused),
        ("forbidden", AgentSessionRefused),
        ("unauthorized", AgentSessionRefused),
        ("oauth-problem", CredentialsRejected),
        ("500", ServerFailed),
        ("429", RateLimited),
        ("html", UnreadableResponse),
    ],
)
def test_a_fault_that_strikes_the_start_is_named_once_too(
    emulator: Emulator, clock: ManualClock, name: str, wanted: type[LivePersonError]
) -> None:
    chat_id, _, _ = emulator.mint_chat(frozen=True)
    emulator.add_fault(name, service="agentVep", kinds=("agent-session",))

    with ask(emulator, clock) as harness, pytest.raises(LivePersonError) as raised:
        harness.client.chat_agent.chat(chat_id)

    assert type(raised.value) is wanted
