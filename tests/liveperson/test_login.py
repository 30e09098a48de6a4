from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from typing import Any

import pytest

from lpcontext.liveperson import (
    CredentialsRejected,
    LivePersonError,
    LoginBlocked,
    LoginUnderWay,
    RateLimited,
    Reason,
    RequestRejected,
    ServerFailed,
    UnreadableAnswer,
    UserLogin,
    retry_pause,
)
from tests.support.asking import KEY, OAUTH2, USER, Asking
from tests.support.dict_shelf import CountingShelf, DictShelf
from tests.support.hand_clock import HandClock
from tests.support.scripted_server import HANG_UP, Reply, ScriptedServer, reply

MINUTE = 60
HOUR = 60 * MINUTE
COOKIE = ("Set-Cookie", "Session_id=s1; Path=/; Domain=.liveperson.net; Secure; HttpOnly")
CSRF_INVALID = {"error": {"message": "CSRF token invalid!", "internalCode": 10, "responseStatus": "UNAUTHORIZED"}}


def login(bearer: str = "bearer-1", *, cookie: tuple[str, str] | None = COOKIE, **fields: Any) -> Reply:
    told = {"bearer": bearer, "csrf": f"csrf-of-{bearer}", "sessionTTl": "28800000", "config": {}} | fields
    return reply(200, told, headers=(cookie,) if cookie else ())


def count(server: ScriptedServer, segment: str) -> int:
    return len(server.asked_for(segment))


def test_a_user_logs_in_once_and_shows_the_bearer_at_every_look(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {"id": "x"}))

    with Asking(server.base_url, USER) as asking:
        assert asking.look() == asking.look() == {"id": "x"}

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

    with Asking(server.base_url, OAUTH2) as asking:
        asking.look()

    assert server.asked_for("login")[0].document == {
        "username": "bot",
        "appKey": "client-1",
        "secret": "secret-3",
        "accessToken": "dummy",
        "accessTokenSecret": "dummy",
    }


def test_a_key_needs_no_login(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}))

    with Asking(server.base_url, KEY) as asking:
        asking.look()
        asking.clock.pass_time(HOUR)
        assert asking.client.keep_login() is False
        asking.client.log_out()

    assert {asked.path.rpartition("/")[2] for asked in server.asked} == {"baseURI.json", "state"}


def test_workers_share_one_login(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.colleague(USER).look()

    assert count(server, "login") == 1


def test_a_login_is_not_used_beyond_its_own_time(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1", sessionTTl="600000"), login("bearer-2"))
    server.will("state", reply(200, {}))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.clock.pass_time(601)
        asking.look()

    assert server.asked_for("state")[1].headers["authorization"] == "Bearer bearer-2"


@pytest.mark.parametrize("told", ["", "soon", None, "-5", "NaN", [], "0", 10**400])
def test_a_login_of_unknown_length_lasts_eight_hours(server: ScriptedServer, told: object) -> None:
    server.will("login", login("bearer-1", sessionTTl=told), login("bearer-2"))
    server.will("state", reply(200, {}))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.clock.pass_time(8 * HOUR - 1)
        asking.look()
        assert count(server, "login") == 1
        asking.clock.pass_time(2)
        asking.look()

    assert count(server, "login") == 2


def test_changed_credentials_do_not_use_the_old_login(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(200, {}))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.colleague(UserLogin("bot", "second password")).look()

    assert [asked.document["password"] for asked in server.asked_for("login")] == ["first password", "second password"]


def test_after_a_401_there_is_one_more_login_and_one_more_try(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(401), reply(200, {"id": "x"}))

    with Asking(server.base_url, USER) as asking:
        assert asking.look() == {"id": "x"}

    assert [look.headers["authorization"] for look in server.asked_for("state")] == [
        "Bearer bearer-1",
        "Bearer bearer-2",
    ]


def test_a_bearer_that_another_worker_has_renewed_meanwhile_costs_no_login(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))

    with Asking(server.base_url, USER) as asking:
        colleague = asking.colleague(USER)
        renewed_meanwhile = replace(reply(401), meanwhile=colleague.look)
        server.will("state", renewed_meanwhile, reply(401), reply(200, {}), reply(200, {"id": "x"}))
        assert asking.look() == {"id": "x"}

    assert count(server, "login") == 2


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (reply(401), Reason.BEARER_REFUSED),
        (reply(401, {"internalCode": 10}), Reason.NO_PERMISSION),
    ],
)
def test_a_fresh_login_that_is_refused_too_is_rejected_credentials(
    server: ScriptedServer, told: Reply, reason: Reason
) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"), login("bearer-3"))
    server.will("state", told)

    with Asking(server.base_url, USER) as asking, pytest.raises(CredentialsRejected) as raised:
        asking.look()

    assert raised.value.reason is reason
    assert count(server, "login") == 2
    assert count(server, "state") == 2


def test_useless_logins_are_not_repeated_for_a_minute(server: ScriptedServer) -> None:
    server.will("login", *(login(f"bearer-{number}") for number in range(9)))
    server.will("state", reply(401))

    with Asking(server.base_url, USER) as asking:
        for _ in range(3):
            with pytest.raises(CredentialsRejected):
                asking.look()
        asking.clock.pass_time(MINUTE / 2)
        with pytest.raises(CredentialsRejected):
            asking.look()  # which does not begin the minute anew
        assert count(server, "login") == 2
        asking.clock.pass_time(MINUTE / 2 + 1)
        with pytest.raises(CredentialsRejected):
            asking.look()

    assert count(server, "login") == 3


def test_a_renewal_that_is_refused_rests_as_long_as_any_refused_login(server: ScriptedServer) -> None:
    server.will("login", login(), reply(401))
    server.will("state", reply(401))

    with Asking(server.base_url, USER) as asking:
        for pause in (0, MINUTE, MINUTE, 2 * MINUTE):
            asking.clock.pass_time(pause)
            with pytest.raises(CredentialsRejected):
                asking.look()

    assert count(server, "login") == 2


def test_a_403_is_not_cured_by_another_login(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(403))

    with Asking(server.base_url, USER) as asking, pytest.raises(CredentialsRejected) as raised:
        asking.look()

    assert raised.value.reason is Reason.NO_PERMISSION
    assert count(server, "login") == 1


@pytest.mark.parametrize(
    ("told", "kind", "reason"),
    [
        (reply(400), CredentialsRejected, Reason.LOGIN_REFUSED),
        (reply(401), CredentialsRejected, Reason.LOGIN_REFUSED),
        (reply(401, CSRF_INVALID), CredentialsRejected, Reason.LOGIN_REFUSED),
        (reply(404), RequestRejected, Reason.REQUEST_REJECTED),
        (reply(429), RateLimited, Reason.RATE_LIMITED),
        (reply(451), LoginBlocked, Reason.LOGIN_BLOCKED),
        (reply(500), ServerFailed, Reason.SERVER_FAILED),
        (reply(200), UnreadableAnswer, Reason.EMPTY_ANSWER),
        (reply(200, {"csrf": "x"}), UnreadableAnswer, Reason.FIELD_MISSING),
        (login(bearer="two\r\nlines"), UnreadableAnswer, Reason.FIELD_MISSING),
        (login(bearer=""), UnreadableAnswer, Reason.FIELD_MISSING),
    ],
)
def test_what_the_login_service_refuses_is_named(
    server: ScriptedServer, told: Reply, kind: type[LivePersonError], reason: Reason
) -> None:
    server.will("login", told)

    with Asking(server.base_url, USER) as asking, pytest.raises(LivePersonError) as raised:
        asking.look()

    assert type(raised.value) is kind
    assert raised.value.reason is reason
    assert (raised.value.operation, raised.value.service) == ("login", "agentVep")


@pytest.mark.parametrize("told", [reply(401), reply(451)])
def test_refused_credentials_are_not_tried_again_for_five_minutes_by_anybody(
    server: ScriptedServer, told: Reply
) -> None:
    server.will("login", told)

    with Asking(server.base_url, USER) as asking:
        with pytest.raises(LivePersonError) as first:
            asking.look()
        with pytest.raises(LivePersonError) as second:
            asking.colleague(USER).look()
        assert count(server, "login") == 1
        asking.clock.pass_time(5 * MINUTE + 1)
        with pytest.raises(LivePersonError):
            asking.look()

    assert (type(first.value), vars(first.value)) == (type(second.value), vars(second.value))
    assert count(server, "login") == 2


def test_new_credentials_are_tried_at_once_after_the_old_ones_were_refused(server: ScriptedServer) -> None:
    server.will("login", reply(401), login())
    server.will("state", reply(200, {"id": "x"}))

    with Asking(server.base_url, USER) as asking:
        with pytest.raises(CredentialsRejected):
            asking.look()
        assert asking.colleague(UserLogin("bot", "second password")).look() == {"id": "x"}


def test_a_login_service_that_failed_is_asked_again(server: ScriptedServer) -> None:
    server.will("login", reply(503), login())
    server.will("state", reply(200, {"id": "x"}))

    with Asking(server.base_url, USER) as asking:
        with pytest.raises(ServerFailed):
            asking.look()
        assert asking.look() == {"id": "x"}


def test_too_many_logins_wait_five_seconds(server: ScriptedServer) -> None:
    server.will("login", reply(429))

    with Asking(server.base_url, USER) as asking, pytest.raises(RateLimited) as raised:
        asking.look()

    assert retry_pause(failures=1, error=raised.value) == 5


def test_only_one_worker_logs_in_and_the_others_are_told(server: ScriptedServer) -> None:
    seen: list[LivePersonError] = []
    server.will("state", reply(200, {"id": "x"}))

    with Asking(server.base_url, USER) as asking:

        def look_too() -> None:
            with pytest.raises(LoginUnderWay) as raised:
                asking.colleague(USER).look()
            seen.append(raised.value)

        server.will("login", replace(login(), meanwhile=look_too))
        assert asking.look() == {"id": "x"}

    assert [error.reason for error in seen] == [Reason.LOGIN_UNDER_WAY]
    assert count(server, "login") == 1


def test_many_threads_of_one_client_make_one_login(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {"id": "x"}))
    answers: list[object] = []

    with Asking(server.base_url, USER) as asking:

        def look() -> None:
            try:
                answers.append(asking.look())
            except LoginUnderWay as error:
                answers.append(error.reason)

        threads = [threading.Thread(target=look) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(answers) == 12
    assert {"id": "x"} in answers
    assert all(answer in ({"id": "x"}, Reason.LOGIN_UNDER_WAY) for answer in answers)
    assert count(server, "login") == 1


def test_a_lock_left_behind_by_a_worker_that_died_is_given_up(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {"id": "x"}))

    with Asking(server.base_url, USER) as asking, asking.shelf.lock("login-lock", seconds=30):
        with pytest.raises(LoginUnderWay):
            asking.look()
        asking.clock.pass_time(31)
        assert asking.look() == {"id": "x"}


def test_a_worker_slower_than_its_lock_leaves_the_next_ones_lock_alone(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}))
    with Asking(server.base_url, USER) as asking, ExitStack() as later:

        def lapse_and_be_taken() -> None:
            asking.clock.pass_time(HOUR)
            assert later.enter_context(asking.shelf.lock("login-lock", seconds=60))

        server.will("login", replace(login(), meanwhile=lapse_and_be_taken))
        asking.look()
        with asking.shelf.lock("login-lock", seconds=60) as third:
            assert not third


def test_a_bearer_is_shown_without_a_look_at_the_shelf_each_time(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    clock = HandClock()
    shelf = CountingShelf(clock)

    with Asking(server.base_url, USER, clock=clock, shelf=shelf) as asking:
        asking.look()
        asking.look()
        shelf.read.clear()
        for _ in range(20):
            asking.look()
        assert shelf.read["login"] == 0
        clock.pass_time(2)
        asking.look()
        assert shelf.read["login"] == 1
        clock.pass_time(-HOUR)
        asking.look()
        assert shelf.read["login"] == 2


def test_a_bearer_remembered_here_and_replaced_elsewhere_costs_one_refusal_and_no_login(
    server: ScriptedServer,
) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(200, {}))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.look()
        colleague = asking.colleague(USER)
        server.will("state", reply(401), reply(200, {}), reply(401), reply(200, {"id": "x"}))
        colleague.look()
        assert asking.look() == {"id": "x"}
        asking.look()

    shown = [look.headers["authorization"] for look in server.asked_for("state")]
    assert shown[-3:] == ["Bearer bearer-1", "Bearer bearer-2", "Bearer bearer-2"]
    assert count(server, "login") == 2


def test_a_login_is_refreshed_after_five_minutes_with_csrf_and_cookie(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    server.will("refresh", reply(200, b"", headers=(("Set-Cookie", "Session_id=s2; Path=/"),)))

    with Asking(server.base_url, USER) as asking:
        assert asking.client.keep_login() is False  # nobody has looked: there is nothing to keep
        asking.look()
        asking.clock.pass_time(5 * MINUTE - 1)
        assert asking.client.keep_login() is False
        asking.clock.pass_time(1)
        assert asking.client.keep_login() is True
        assert asking.colleague(USER).client.keep_login() is False  # done for everybody
        asking.clock.pass_time(5 * MINUTE)
        assert asking.client.keep_login() is True

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

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.clock.pass_time(500)
        assert asking.client.keep_login() is True
        asking.clock.pass_time(500)
        asking.look()

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

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.clock.pass_time(5 * MINUTE)
        asking.client.keep_login()

    assert server.asked_for("refresh")[0].headers["cookie"] == sent


@pytest.mark.parametrize(
    "told", [login(cookie=None), login(csrf=None), login(cookie=None, sessionId="a b"), login(cookie=None, sessionId=7)]
)
def test_a_login_without_csrf_or_cookie_works_and_is_not_refreshed(server: ScriptedServer, told: Reply) -> None:
    server.will("login", told)
    server.will("state", reply(200, {"id": "x"}))

    with Asking(server.base_url, USER) as asking:
        assert asking.look() == {"id": "x"}
        asking.clock.pass_time(HOUR)
        assert asking.client.keep_login() is False
        asking.client.log_out()

    assert count(server, "refresh") == count(server, "logout") == 0


def test_a_refresh_that_is_refused_ends_the_login_and_the_next_look_makes_another(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(200, {"id": "x"}))
    server.will("refresh", reply(401, CSRF_INVALID))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.clock.pass_time(5 * MINUTE)
        assert asking.client.keep_login() is False
        assert asking.look() == {"id": "x"}

    assert count(server, "login") == 2


@pytest.mark.parametrize("told", [reply(500), reply(429), HANG_UP])
def test_a_refresh_that_fails_keeps_the_login_and_is_tried_again_in_a_minute(
    server: ScriptedServer, told: Reply
) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    server.will("refresh", told)

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.clock.pass_time(5 * MINUTE)
        assert asking.client.keep_login() is False
        assert asking.client.keep_login() is False
        assert count(server, "refresh") == 1
        server.will("refresh", reply(200))
        asking.clock.pass_time(MINUTE)
        assert asking.client.keep_login() is True
        asking.look()

    assert count(server, "login") == 1


def test_a_login_is_not_refreshed_while_somebody_logs_in(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.clock.pass_time(5 * MINUTE)
        with asking.shelf.lock("login-lock", seconds=30):
            assert asking.client.keep_login() is False

    assert count(server, "refresh") == 0


def test_a_login_ended_while_it_is_refreshed_stays_ended(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    server.will("logout", reply(200))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        asking.clock.pass_time(5 * MINUTE)
        server.will("refresh", replace(reply(200), meanwhile=asking.colleague(USER).client.log_out))
        asking.client.keep_login()

        assert asking.shelf.get("login") is None


def test_a_login_refreshed_by_another_worker_meanwhile_is_not_refreshed_twice(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    server.will("refresh", reply(200))
    clock = HandClock()
    shelf = SlowShelf(clock)

    with Asking(server.base_url, USER, clock=clock, shelf=shelf) as asking:
        asking.look()
        clock.pass_time(5 * MINUTE)
        shelf.meanwhile = asking.colleague(USER).client.keep_login
        assert asking.client.keep_login() is False

    assert count(server, "refresh") == 1


class SlowShelf(DictShelf):
    """Something happens elsewhere before a lock is taken here."""

    meanwhile: Callable[[], object] | None = None

    def lock(self, name: str, *, seconds: float) -> AbstractContextManager[bool]:
        happening, self.meanwhile = self.meanwhile, None
        if happening is not None:
            happening()
        return super().lock(name, seconds=seconds)


def test_a_refused_login_cannot_come_back_through_a_refresh_sent_before(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))

    with Asking(server.base_url, USER) as asking:
        server.will("state", reply(200, {}))
        asking.look()
        asking.clock.pass_time(5 * MINUTE)
        colleague = asking.colleague(USER)

        def look_and_be_refused() -> None:
            server.will("state", reply(401))
            with pytest.raises(LoginUnderWay):
                colleague.look()

        server.will("refresh", replace(reply(200), meanwhile=look_and_be_refused))
        asking.client.keep_login()
        server.will("state", reply(401), reply(200, {"id": "x"}))
        assert colleague.look() == {"id": "x"}

    assert server.asked_for("state")[-1].headers["authorization"] == "Bearer bearer-2"


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


@pytest.mark.parametrize("kept", [b"", b"[]", b"{}", b"not json", b'{"bearer": "x", "from": "another version"}'])
def test_a_login_kept_by_another_version_of_us_is_passed_over(server: ScriptedServer, kept: bytes) -> None:
    server.will("login", login())
    server.will("state", reply(200, {"id": "x"}))

    with Asking(server.base_url, USER) as asking:
        asking.shelf.put("login", kept, seconds=HOUR)
        asking.shelf.put("login-refusal", kept, seconds=HOUR)
        assert asking.look() == {"id": "x"}


def test_names_on_the_shelf_tell_nothing(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(401))

    with Asking(server.base_url, USER) as asking:
        with pytest.raises(CredentialsRejected):
            asking.look()
        assert asking.shelf.names() == {"domain:agentVep", "domain:smt", "login", "login-refusal"}
