"""Leaving forgets the agent session and logs out, whatever LivePerson says to it."""

from __future__ import annotations

import pytest

from lpcontext.liveperson import (
    ServerFailed,
    UserLogin,
)
from tests.liveperson.logins import count
from tests.support.asking import KEY, USER, Asking
from tests.support.chat_responses import CHAT, agent_session, login, sessions_of, will_serve
from tests.support.scripted_server import ScriptedServer, reply


def test_leaving_forgets_the_session_and_logs_out(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("agentSession", agent_session("111"), agent_session("222"))

    with Asking(server.base_url, USER) as asking:
        asking.client.chat_desk.chat(CHAT)
        asking.client.chat_desk.leave()
        assert asking.shelf.names() == {"domain:agentVep"}
        asking.client.chat_desk.chat(CHAT)

    assert count(server, "logout") == 1
    assert sessions_of(server.asked_for(CHAT)) == ["111", "222"]


def test_leaving_with_nothing_held_asks_nobody(server: ScriptedServer) -> None:
    with Asking(server.base_url, USER) as asking:
        asking.client.chat_desk.leave()

    assert server.asked == []


def test_leaving_that_cannot_be_told_is_leaving_for_us(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("logout", reply(500))

    with Asking(server.base_url, USER) as asking:
        asking.client.chat_desk.chat(CHAT)
        with pytest.raises(ServerFailed):
            asking.client.chat_desk.leave()
        assert asking.shelf.names() == {"domain:agentVep"}


def test_a_login_that_ends_takes_its_agent_session_with_it(server: ScriptedServer) -> None:
    will_serve(server)

    with Asking(server.base_url, USER) as asking:
        asking.client.chat_desk.chat(CHAT)
        asking.client.log_out()
        assert asking.shelf.names() == {"domain:agentVep"}


def test_a_key_that_leaves_only_forgets(server: ScriptedServer) -> None:
    will_serve(server)

    with Asking(server.base_url, KEY) as asking:
        asking.client.chat_desk.chat(CHAT)
        asking.client.chat_desk.leave()
        asking.client.chat_desk.chat(CHAT)

    assert count(server, "logout") == 0
    assert count(server, "agentSession") == 2


def test_old_credentials_that_leave_do_not_take_the_session_of_the_new_ones(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("agentSession", agent_session("111"), agent_session("222"))

    with Asking(server.base_url, USER) as asking:
        asking.client.chat_desk.chat(CHAT)
        changed = asking.colleague(UserLogin("bot", "second password"))
        changed.client.chat_desk.chat(CHAT)
        asking.client.chat_desk.leave()
        changed.client.chat_desk.chat(CHAT)

    assert sessions_of(server.asked_for(CHAT)) == ["111", "222", "222"]
    assert count(server, "agentSession") == 2
