"""Starts that are refused and sessions that are forgotten: named, started again once, then left alone."""

from __future__ import annotations

from typing import Any

import pytest

from lpcontext.liveperson import (
    AgentSessionRefused,
    BadRequest,
    ChatNotFound,
    LivePersonError,
    RateLimited,
    Reason,
    UnreadableResponse,
    WrongAccount,
)
from lpcontext.liveperson.errors import CredentialsRejected, LoginBlocked, ServerFailed
from tests.liveperson.agent_sessions import FORGOTTEN, RESPONSE
from tests.liveperson.logins import MINUTE, count
from tests.support.chat_responses import CHAT, HOME, agent_session, cookies_of, sessions_of, will_serve
from tests.support.client_harness import KEY, USER, ClientHarness
from tests.support.scripted_server import Reply, ScriptedServer, reply


@pytest.mark.parametrize(
    ("response", "kind", "reason"),
    [
        (reply(201), UnreadableResponse, Reason.EMPTY_ANSWER),
        (reply(201, {}), UnreadableResponse, Reason.FIELD_MISSING),
        (reply(201, {"agentSessionLocation": {"link": "x"}}), UnreadableResponse, Reason.FIELD_MISSING),
        (agent_session("11 1"), UnreadableResponse, Reason.FIELD_MISSING),
        (agent_session("1" * 65), UnreadableResponse, Reason.FIELD_MISSING),
        (agent_session(".."), UnreadableResponse, Reason.FIELD_MISSING),
        (agent_session("1", host="[broken"), UnreadableResponse, Reason.FIELD_MISSING),
        (reply(302, b"", headers=(("Location", f"{HOME}/1"),)), UnreadableResponse, Reason.REDIRECTED),
        (reply(400), BadRequest, Reason.BAD_REQUEST),
        (reply(401, {"internalCode": 10}), AgentSessionRefused, Reason.NO_PERMISSION),
        (reply(401), CredentialsRejected, Reason.BEARER_REFUSED),
        (reply(401, "oauth_problem=permission_denied"), CredentialsRejected, Reason.NO_PERMISSION),
        (reply(403), AgentSessionRefused, Reason.NO_PERMISSION),
        (reply(404), AgentSessionRefused, Reason.AGENT_SESSION_REFUSED),
        (reply(404, {"internalCode": 6}), WrongAccount, Reason.WRONG_ACCOUNT),
        (reply(409), AgentSessionRefused, Reason.AGENT_SESSION_REFUSED),
        (reply(429), RateLimited, Reason.RATE_LIMITED),
        (reply(451), LoginBlocked, Reason.LOGIN_BLOCKED),
        (reply(503), ServerFailed, Reason.SERVER_FAILED),
    ],
)
def test_what_a_start_is_refused_with_is_named(
    server: ScriptedServer, response: Reply, kind: type[LivePersonError], reason: Reason
) -> None:
    will_serve(server)
    server.will("agentSession", response)

    with ClientHarness(server.base_url, USER) as harness, pytest.raises(LivePersonError) as raised:
        harness.client.chat_agent.chat(CHAT)

    assert type(raised.value) is kind
    assert raised.value.reason is reason
    assert (raised.value.operation, raised.value.service) == ("agent session", "agentVep")
    assert raised.value.__context__ is None
    assert count(server, CHAT) == 0


@pytest.mark.parametrize("credentials", [USER, KEY])
def test_a_refused_start_is_not_tried_again_for_five_minutes_by_anybody(
    server: ScriptedServer, credentials: Any
) -> None:
    will_serve(server)
    server.will("agentSession", reply(403))

    with ClientHarness(server.base_url, credentials) as harness:
        for worker in (harness, harness.colleague(credentials)):
            with pytest.raises(AgentSessionRefused) as raised:
                worker.client.chat_agent.chat(CHAT)
            assert (raised.value.status, raised.value.reason) == (403, Reason.NO_PERMISSION)
        assert count(server, "agentSession") == 1
        harness.clock.pass_time(5 * MINUTE + 1)
        server.will("agentSession", agent_session())
        assert harness.client.chat_agent.chat(CHAT) == RESPONSE


@pytest.mark.parametrize("response", FORGOTTEN)
def test_a_forgotten_session_is_started_again_once_and_the_question_asked_again(
    server: ScriptedServer, response: Reply
) -> None:
    will_serve(server)
    server.will("agentSession", agent_session("111"), agent_session("222"))
    server.will(CHAT, response, reply(200, RESPONSE))
    server.will("availability", response)

    with ClientHarness(server.base_url, USER) as harness:
        assert harness.client.chat_agent.chat(CHAT) == RESPONSE
        assert harness.client.chat_agent.chat(CHAT) == RESPONSE

    assert sessions_of(server.asked_for(CHAT)) == ["111", "222", "222"]
    assert cookies_of(server.asked_for(CHAT))[1:] == ["agentSessionKey=key-of-222"] * 2
    assert count(server, "login") == 1


@pytest.mark.parametrize(
    ("response", "kind", "reason"),
    [
        (reply(404), ChatNotFound, Reason.CHAT_NOT_FOUND),
        (reply(404, {"internalCode": 6}), ChatNotFound, Reason.CHAT_NOT_FOUND),
        (reply(403), CredentialsRejected, Reason.NO_PERMISSION),
        (reply(401), CredentialsRejected, Reason.NOT_AUTHORIZED),
    ],
)
def test_in_a_session_that_is_good_a_refusal_is_about_the_chat_and_starts_none(
    server: ScriptedServer, response: Reply, kind: type[LivePersonError], reason: Reason
) -> None:
    will_serve(server)
    server.will(CHAT, response)

    with ClientHarness(server.base_url, USER) as harness:
        for _ in range(2):
            with pytest.raises(LivePersonError) as raised:
                harness.client.chat_agent.chat(CHAT)

    assert type(raised.value) is kind
    assert raised.value.reason is reason
    assert CHAT not in f"{raised.value!r} {vars(raised.value)}"
    assert count(server, "agentSession") == count(server, "login") == 1


@pytest.mark.parametrize("response", FORGOTTEN)
def test_a_session_refused_as_soon_as_it_is_started_is_named_and_left_alone_for_a_minute(
    server: ScriptedServer, response: Reply
) -> None:
    will_serve(server)
    server.will("agentSession", agent_session("111"), agent_session("222"), agent_session("333"))
    server.will(CHAT, response)
    server.will("availability", response)

    with ClientHarness(server.base_url, USER) as harness:
        for _ in range(3):
            with pytest.raises(AgentSessionRefused):
                harness.client.chat_agent.chat(CHAT)
        assert count(server, "agentSession") == 2
        harness.clock.pass_time(MINUTE + 1)
        server.will(CHAT, reply(200, RESPONSE))
        assert harness.client.chat_agent.chat(CHAT) == RESPONSE

    assert count(server, "login") == 1
