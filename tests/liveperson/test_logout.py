"""A log-out ends the log-in for everybody, here even where LivePerson cannot be told."""

from __future__ import annotations

import pytest

from lpcontext.liveperson import (
    ServerFailed,
    UserLogin,
)
from tests.liveperson.logins import count, login
from tests.support.asking import USER, Asking
from tests.support.scripted_server import ScriptedServer, reply


def test_logging_out_ends_the_login_for_everybody(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(200, {}))
    server.will("logout", reply(200))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.client.log_out()
        asking.colleague(USER).look()

    (asked,) = server.asked_for("logout")
    assert asked.target == "/api/account/12345678/logout?v=1.3"
    assert asked.document == {"csrf": "csrf-of-bearer-1"}
    assert asked.headers["cookie"] == "Session_id=s1"
    assert count(server, "login") == 2


def test_a_logout_that_cannot_be_told_is_a_logout_for_us(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    server.will("logout", reply(500))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        with pytest.raises(ServerFailed):
            asking.client.log_out()
        assert asking.shelf.get("login") is None


def test_logging_out_with_old_credentials_leaves_the_login_of_the_new_ones_alone(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(200, {}))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        changed = asking.colleague(UserLogin("bot", "second password"))
        changed.look()
        asking.client.log_out()
        changed.look()

    assert count(server, "login") == 2
    assert count(server, "logout") == 0


def test_logging_out_without_a_login_asks_nobody(server: ScriptedServer) -> None:
    with Asking(server.base_url, USER) as asking:
        asking.client.log_out()

    assert server.asked == []
