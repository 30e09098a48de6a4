from __future__ import annotations

import pytest

from lpcontext.liveperson.auth.credentials import UserLogin
from lpcontext.liveperson.errors import CredentialsRejected
from tests.liveperson.logins import HOUR, count, login
from tests.support.client_harness import KEY, OAUTH2, USER, ClientHarness
from tests.support.scripted_server import ScriptedServer, reply


def test_a_user_logs_in_once_and_shows_the_bearer_at_every_look(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, USER) as harness:
        assert harness.look() == harness.look() == {"id": "x"}

    (asked,) = server.asked_for("login")
    assert asked.target == "/api/account/12345678/login?v=1.3"
    assert asked.headers["content-type"] == "application/json"
    assert asked.document == {"username": "bot", "password": "first password"}
    assert "authorization" not in asked.headers
    assert [look.headers["authorization"] for look in server.asked_for("state")] == ["Bearer bearer-1"] * 2
    assert all("cookie" not in look.headers for look in server.asked_for("state"))


def test_client_credentials_go_through_the_same_call_with_dummy_tokens(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url, OAUTH2) as harness:
        harness.look()

    assert server.asked_for("login")[0].document == {
        "username": "bot",
        "appKey": "client-1",
        "secret": "secret-3",
        "accessToken": "dummy",
        "accessTokenSecret": "dummy",
    }


def test_a_key_needs_no_login(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url, KEY) as harness:
        harness.look()
        harness.clock.pass_time(HOUR)
        assert harness.client.keep_login() is False
        harness.client.log_out()

    assert {asked.path.rpartition("/")[2] for asked in server.asked} == {"baseURI.json", "state"}


def test_workers_share_one_login(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.colleague(USER).look()

    assert count(server, "login") == 1


def test_a_login_is_not_used_beyond_its_own_time(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1", sessionTTl="600000"), login("bearer-2"))
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.clock.pass_time(601)
        harness.look()

    assert server.asked_for("state")[1].headers["authorization"] == "Bearer bearer-2"


@pytest.mark.parametrize("length", ["", "soon", None, "-5", "NaN", [], "0", 10**400])
def test_a_login_of_unknown_length_lasts_eight_hours(server: ScriptedServer, length: object) -> None:
    server.will("login", login("bearer-1", sessionTTl=length), login("bearer-2"))
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.clock.pass_time(8 * HOUR - 1)
        harness.look()
        assert count(server, "login") == 1
        harness.clock.pass_time(2)
        harness.look()

    assert count(server, "login") == 2


def test_changed_credentials_do_not_use_the_old_login(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.colleague(UserLogin("bot", "second password")).look()

    assert [asked.document["password"] for asked in server.asked_for("login")] == ["first password", "second password"]


@pytest.mark.parametrize("kept", [b"", b"[]", b"{}", b"not json", b'{"bearer": "x", "from": "another version"}'])
def test_a_login_kept_by_another_version_of_us_is_passed_over(server: ScriptedServer, kept: bytes) -> None:
    server.will("login", login())
    server.will("state", reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.store.put("login", kept, seconds=HOUR)
        harness.store.put("login-refusal", kept, seconds=HOUR)
        assert harness.look() == {"id": "x"}


def test_names_on_the_store_tell_nothing(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(401))

    with ClientHarness(server.base_url, USER) as harness:
        with pytest.raises(CredentialsRejected):
            harness.look()
        assert harness.store.names() == {"domain:agentVep", "domain:smt", "login", "login-refusal"}
