"""A log-out ends the log-in for everybody, here even where LivePerson cannot be reached."""

from __future__ import annotations

import pytest

from lpcontext.liveperson.auth.credentials import UserLogin
from lpcontext.liveperson.errors import ServerFailed
from tests.liveperson.logins import count, login
from tests.support.client_harness import USER, ClientHarness
from tests.support.scripted_server import ScriptedServer, reply


def test_logging_out_ends_the_login_for_everybody(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(200, {}))
    server.will("logout", reply(200))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.client.log_out()
        harness.colleague(USER).look()

    (asked,) = server.asked_for("logout")
    assert asked.target == "/api/account/12345678/logout?v=1.3"
    assert asked.document == {"csrf": "csrf-of-bearer-1"}
    assert asked.headers["cookie"] == "Session_id=s1"
    assert count(server, "login") == 2


def test_a_logout_that_cannot_be_sent_is_a_logout_for_us(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    server.will("logout", reply(500))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        with pytest.raises(ServerFailed):
            harness.client.log_out()
        assert harness.store.get("login") is None


def test_logging_out_with_old_credentials_leaves_the_login_of_the_new_ones_alone(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        changed = harness.colleague(UserLogin("bot", "second password"))
        changed.look()
        harness.client.log_out()
        changed.look()

    assert count(server, "login") == 2
    assert count(server, "logout") == 0


def test_logging_out_without_a_login_asks_nobody(server: ScriptedServer) -> None:
    with ClientHarness(server.base_url, USER) as harness:
        harness.client.log_out()

    assert server.asked == []
