"""A log-in is kept alive every five minutes, by one worker, and never brought back once it was refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from lpcontext.liveperson import LoginUnderWay
from lpcontext.liveperson.auth.credentials import UserLogin
from tests.liveperson.logins import CSRF_INVALID, HOUR, MINUTE, count, login
from tests.support.client_harness import USER, ClientHarness
from tests.support.dict_store import DictStore
from tests.support.manual_clock import ManualClock
from tests.support.scripted_server import HANG_UP, Reply, ScriptedServer, reply


def test_a_login_is_refreshed_after_five_minutes_with_csrf_and_cookie(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    server.will("refresh", reply(200, b"", headers=(("Set-Cookie", "Session_id=s2; Path=/"),)))

    with ClientHarness(server.base_url, USER) as harness:
        assert harness.client.keep_login() is False  # nobody has looked: there is nothing to keep
        harness.look()
        harness.clock.pass_time(5 * MINUTE - 1)
        assert harness.client.keep_login() is False
        harness.clock.pass_time(1)
        assert harness.client.keep_login() is True
        assert harness.colleague(USER).client.keep_login() is False  # done for everybody
        harness.clock.pass_time(5 * MINUTE)
        assert harness.client.keep_login() is True

    first, second = server.asked_for("refresh")
    assert first.target == "/api/account/12345678/refresh?v=1.3"
    assert first.document == {"csrf": "csrf-of-bearer-1"}
    assert first.headers["cookie"] == "Session_id=s1"
    assert second.headers["cookie"] == "Session_id=s2"
    assert "authorization" not in first.headers


def test_a_refreshed_login_begins_its_time_anew(server: ScriptedServer) -> None:
    server.will("login", login(sessionTTl="600000"))
    server.will("state", reply(200, {}))
    server.will("refresh", reply(200))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.clock.pass_time(500)
        assert harness.client.keep_login() is True
        harness.clock.pass_time(500)
        harness.look()

    assert count(server, "login") == 1


@pytest.mark.parametrize(
    ("cookie", "fields", "sent"),
    [
        (("Set-Cookie", "session_id=lower; Path=/"), {}, "session_id=lower"),
        (None, {"sessionId": "from-the-body"}, "Session_id=from-the-body"),
        (("Set-Cookie", "other=1"), {"sessionId": "from-the-body"}, "Session_id=from-the-body"),
    ],
)
def test_the_session_cookie_is_found_however_it_comes(
    server: ScriptedServer, cookie: tuple[str, str] | None, fields: dict[str, str], sent: str
) -> None:
    server.will("login", login(cookie=cookie, **fields))
    server.will("state", reply(200, {}))
    server.will("refresh", reply(200))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.clock.pass_time(5 * MINUTE)
        harness.client.keep_login()

    assert server.asked_for("refresh")[0].headers["cookie"] == sent


@pytest.mark.parametrize(
    "response",
    [login(cookie=None), login(csrf=None), login(cookie=None, sessionId="a b"), login(cookie=None, sessionId=7)],
)
def test_a_login_without_csrf_or_cookie_works_and_is_not_refreshed(server: ScriptedServer, response: Reply) -> None:
    server.will("login", response)
    server.will("state", reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, USER) as harness:
        assert harness.look() == {"id": "x"}
        harness.clock.pass_time(HOUR)
        assert harness.client.keep_login() is False
        harness.client.log_out()

    assert count(server, "refresh") == count(server, "logout") == 0


def test_a_refresh_that_is_refused_ends_the_login_and_the_next_look_makes_another(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(200, {"id": "x"}))
    server.will("refresh", reply(401, CSRF_INVALID))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.clock.pass_time(5 * MINUTE)
        assert harness.client.keep_login() is False
        assert harness.look() == {"id": "x"}

    assert count(server, "login") == 2


@pytest.mark.parametrize("response", [reply(500), reply(429), HANG_UP])
def test_a_refresh_that_fails_keeps_the_login_and_is_tried_again_in_a_minute(
    server: ScriptedServer, response: Reply
) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    server.will("refresh", response)

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.clock.pass_time(5 * MINUTE)
        assert harness.client.keep_login() is False
        assert harness.client.keep_login() is False
        assert count(server, "refresh") == 1
        server.will("refresh", reply(200))
        harness.clock.pass_time(MINUTE)
        assert harness.client.keep_login() is True
        harness.look()

    assert count(server, "login") == 1


def test_a_login_is_not_refreshed_while_somebody_logs_in(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.clock.pass_time(5 * MINUTE)
        with harness.store.lock("login-lock", seconds=30):
            assert harness.client.keep_login() is False

    assert count(server, "refresh") == 0


def test_a_login_ended_while_it_is_refreshed_stays_ended(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    server.will("logout", reply(200))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.clock.pass_time(5 * MINUTE)
        server.will("refresh", replace(reply(200), meanwhile=harness.colleague(USER).client.log_out))
        harness.client.keep_login()

        assert harness.store.get("login") is None


def test_a_login_refreshed_by_another_worker_meanwhile_is_not_refreshed_twice(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    server.will("refresh", reply(200))
    clock = ManualClock()
    store = SlowStore(clock)

    with ClientHarness(server.base_url, USER, clock=clock, store=store) as harness:
        harness.look()
        clock.pass_time(5 * MINUTE)
        store.meanwhile = harness.colleague(USER).client.keep_login
        assert harness.client.keep_login() is False

    assert count(server, "refresh") == 1


class SlowStore(DictStore):
    """Something happens elsewhere before a lock is taken here."""

    meanwhile: Callable[[], object] | None = None

    def lock(self, name: str, *, seconds: float) -> AbstractContextManager[bool]:
        happening, self.meanwhile = self.meanwhile, None
        if happening is not None:
            happening()
        return super().lock(name, seconds=seconds)


def test_a_refused_login_cannot_come_back_through_a_refresh_sent_before(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))

    with ClientHarness(server.base_url, USER) as harness:
        server.will("state", reply(200, {}))
        harness.look()
        harness.clock.pass_time(5 * MINUTE)
        colleague = harness.colleague(USER)

        def look_and_be_refused() -> None:
            server.will("state", reply(401))
            with pytest.raises(LoginUnderWay):
                colleague.look()

        server.will("refresh", replace(reply(200), meanwhile=look_and_be_refused))
        harness.client.keep_login()
        server.will("state", reply(401), reply(200, {"id": "x"}))
        assert colleague.look() == {"id": "x"}

    assert server.asked_for("state")[-1].headers["authorization"] == "Bearer bearer-2"


@pytest.mark.parametrize("response", [reply(200), reply(401, CSRF_INVALID), HANG_UP])
def test_a_refresh_that_comes_back_late_leaves_the_login_of_new_credentials_alone(
    server: ScriptedServer, response: Reply
) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        changed = harness.colleague(UserLogin("bot", "second password"))

        def outlive_the_lock() -> None:
            harness.clock.pass_time(MINUTE)
            changed.look()

        harness.clock.pass_time(5 * MINUTE)
        server.will("refresh", replace(response, meanwhile=outlive_the_lock))
        harness.client.keep_login()
        harness.clock.pass_time(MINUTE)
        changed.look()

    assert count(server, "login") == 2
    assert server.asked_for("state")[-1].headers["authorization"] == "Bearer bearer-2"


@pytest.mark.parametrize("response", [reply(200), HANG_UP])
def test_a_refresh_that_comes_back_late_does_not_bring_back_a_login_replaced_meanwhile(
    server: ScriptedServer, response: Reply
) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))

    with ClientHarness(server.base_url, USER) as harness:
        server.will("state", reply(200, {}))
        harness.look()
        colleague = harness.colleague(USER)

        def outlive_the_lock() -> None:
            harness.clock.pass_time(MINUTE)
            server.will("state", reply(401), reply(200, {}))
            colleague.look()

        harness.clock.pass_time(5 * MINUTE)
        server.will("refresh", replace(response, meanwhile=outlive_the_lock))
        harness.client.keep_login()
        harness.clock.pass_time(MINUTE)
        harness.look()

    assert count(server, "login") == 2
    assert server.asked_for("state")[-1].headers["authorization"] == "Bearer bearer-2"
