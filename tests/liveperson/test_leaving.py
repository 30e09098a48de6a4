"""Leaving forgets the agent session and logs out, whatever LivePerson says to it."""

from __future__ import annotations

import pytest

from lpcontext.liveperson.auth.credentials import UserLogin
from lpcontext.liveperson.errors import ServerFailed
from tests.liveperson.logins import count
from tests.support.chat_responses import CHAT, agent_session, login, sessions_of, will_serve
from tests.support.client_harness import KEY, USER, ClientHarness
from tests.support.scripted_server import ScriptedServer, reply


def test_leaving_forgets_the_session_and_logs_out(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("agentSession", agent_session("111"), agent_session("222"))

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        harness.client.chat_agent.leave()
        assert harness.store.names() == {"domain:agentVep"}
        harness.client.chat_agent.chat(CHAT)

    assert count(server, "logout") == 1
    assert sessions_of(server.asked_for(CHAT)) == ["111", "222"]


def test_leaving_with_nothing_held_asks_nobody(server: ScriptedServer) -> None:
    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.leave()

    assert server.asked == []


def test_leaving_that_cannot_be_sent_is_leaving_for_us(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("logout", reply(500))

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        with pytest.raises(ServerFailed):
            harness.client.chat_agent.leave()
        assert harness.store.names() == {"domain:agentVep"}


def test_a_login_that_ends_takes_its_agent_session_with_it(server: ScriptedServer) -> None:
    will_serve(server)

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        harness.client.log_out()
        assert harness.store.names() == {"domain:agentVep"}


def test_a_key_that_leaves_only_forgets(server: ScriptedServer) -> None:
    will_serve(server)

    with ClientHarness(server.base_url, KEY) as harness:
        harness.client.chat_agent.chat(CHAT)
        harness.client.chat_agent.leave()
        harness.client.chat_agent.chat(CHAT)

    assert count(server, "logout") == 0
    assert count(server, "agentSession") == 2


def test_old_credentials_that_leave_do_not_take_the_session_of_the_new_ones(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("agentSession", agent_session("111"), agent_session("222"))

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        changed = harness.colleague(UserLogin("bot", "second password"))
        changed.client.chat_agent.chat(CHAT)
        harness.client.chat_agent.leave()
        changed.client.chat_agent.chat(CHAT)

    assert sessions_of(server.asked_for(CHAT)) == ["111", "222", "222"]
    assert count(server, "agentSession") == 2
