"""What LivePerson refuses: a bearer, credentials, too many log-ins; each is named, and not repeated too soon."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lpcontext.liveperson import LivePersonError, RateLimited, Reason, RequestRejected, UnreadableResponse, retry_pause
from lpcontext.liveperson.auth.credentials import UserLogin
from lpcontext.liveperson.errors import CredentialsRejected, LoginBlocked, ServerFailed
from tests.liveperson.logins import CSRF_INVALID, MINUTE, count, login
from tests.support.client_harness import USER, ClientHarness
from tests.support.scripted_server import Reply, ScriptedServer, reply


def test_after_a_401_there_is_one_more_login_and_one_more_try(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(401), reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, USER) as harness:
        assert harness.look() == {"id": "x"}

    assert [look.headers["authorization"] for look in server.asked_for("state")] == [
        "Bearer bearer-1",
        "Bearer bearer-2",
    ]


def test_a_bearer_that_another_worker_has_renewed_meanwhile_costs_no_login(server: ScriptedServer) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))

    with ClientHarness(server.base_url, USER) as harness:
        colleague = harness.colleague(USER)
        renewed_meanwhile = replace(reply(401), meanwhile=colleague.look)
        server.will("state", renewed_meanwhile, reply(401), reply(200, {}), reply(200, {"id": "x"}))
        assert harness.look() == {"id": "x"}

    assert count(server, "login") == 2


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (reply(401), Reason.BEARER_REFUSED),
        (reply(401, {"internalCode": 10}), Reason.NO_PERMISSION),
    ],
)
def test_a_fresh_login_that_is_refused_too_is_rejected_credentials(
    server: ScriptedServer, response: Reply, reason: Reason
) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"), login("bearer-3"))
    server.will("state", response)

    with ClientHarness(server.base_url, USER) as harness, pytest.raises(CredentialsRejected) as raised:
        harness.look()

    assert raised.value.reason is reason
    assert count(server, "login") == 2
    assert count(server, "state") == 2


def test_useless_logins_are_not_repeated_for_a_minute(server: ScriptedServer) -> None:
    server.will("login", *(login(f"bearer-{number}") for number in range(9)))
    server.will("state", reply(401))

    with ClientHarness(server.base_url, USER) as harness:
        for _ in range(3):
            with pytest.raises(CredentialsRejected):
                harness.look()
        harness.clock.pass_time(MINUTE / 2)
        with pytest.raises(CredentialsRejected):
            harness.look()  # which does not begin the minute anew
        assert count(server, "login") == 2
        harness.clock.pass_time(MINUTE / 2 + 1)
        with pytest.raises(CredentialsRejected):
            harness.look()

    assert count(server, "login") == 3


def test_a_renewal_that_is_refused_rests_as_long_as_any_refused_login(server: ScriptedServer) -> None:
    server.will("login", login(), reply(401))
    server.will("state", reply(401))

    with ClientHarness(server.base_url, USER) as harness:
        for pause in (0, MINUTE, MINUTE, 2 * MINUTE):
            harness.clock.pass_time(pause)
            with pytest.raises(CredentialsRejected):
                harness.look()

    assert count(server, "login") == 2


def test_a_403_is_not_cured_by_another_login(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(403))

    with ClientHarness(server.base_url, USER) as harness, pytest.raises(CredentialsRejected) as raised:
        harness.look()

    assert raised.value.reason is Reason.NO_PERMISSION
    assert count(server, "login") == 1


@pytest.mark.parametrize(
    ("response", "kind", "reason"),
    [
        (reply(400), CredentialsRejected, Reason.LOGIN_REFUSED),
        (reply(401), CredentialsRejected, Reason.LOGIN_REFUSED),
        (reply(401, CSRF_INVALID), CredentialsRejected, Reason.LOGIN_REFUSED),
        (reply(404), RequestRejected, Reason.REQUEST_REJECTED),
        (reply(429), RateLimited, Reason.RATE_LIMITED),
        (reply(451), LoginBlocked, Reason.LOGIN_BLOCKED),
        (reply(500), ServerFailed, Reason.SERVER_FAILED),
        (reply(200), UnreadableResponse, Reason.EMPTY_ANSWER),
        (reply(200, {"csrf": "x"}), UnreadableResponse, Reason.FIELD_MISSING),
        (login(bearer="two\r\nlines"), UnreadableResponse, Reason.FIELD_MISSING),
        (login(bearer=""), UnreadableResponse, Reason.FIELD_MISSING),
    ],
)
def test_what_the_login_service_refuses_is_named(
    server: ScriptedServer, response: Reply, kind: type[LivePersonError], reason: Reason
) -> None:
    server.will("login", response)

    with ClientHarness(server.base_url, USER) as harness, pytest.raises(LivePersonError) as raised:
        harness.look()

    assert type(raised.value) is kind
    assert raised.value.reason is reason
    assert (raised.value.operation, raised.value.service) == ("login", "agentVep")


@pytest.mark.parametrize("response", [reply(401), reply(451)])
def test_refused_credentials_are_not_tried_again_for_five_minutes_by_anybody(
    server: ScriptedServer, response: Reply
) -> None:
    server.will("login", response)

    with ClientHarness(server.base_url, USER) as harness:
        with pytest.raises(LivePersonError) as first:
            harness.look()
        with pytest.raises(LivePersonError) as second:
            harness.colleague(USER).look()
        assert count(server, "login") == 1
        harness.clock.pass_time(5 * MINUTE + 1)
        with pytest.raises(LivePersonError):
            harness.look()

    assert (type(first.value), vars(first.value)) == (type(second.value), vars(second.value))
    assert count(server, "login") == 2


def test_new_credentials_are_tried_at_once_after_the_old_ones_were_refused(server: ScriptedServer) -> None:
    server.will("login", reply(401), login())
    server.will("state", reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, USER) as harness:
        with pytest.raises(CredentialsRejected):
            harness.look()
        assert harness.colleague(UserLogin("bot", "second password")).look() == {"id": "x"}


def test_refused_credentials_leave_the_login_of_others_alone(server: ScriptedServer) -> None:
    server.will("login", login(), reply(401))
    server.will("state", reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        with pytest.raises(CredentialsRejected):
            harness.colleague(UserLogin("bot", "mistyped")).look()
        harness.clock.pass_time(60)
        assert harness.look() == {"id": "x"}

    assert count(server, "login") == 2


def test_a_login_service_that_failed_is_asked_again(server: ScriptedServer) -> None:
    server.will("login", reply(503), login())
    server.will("state", reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, USER) as harness:
        with pytest.raises(ServerFailed):
            harness.look()
        assert harness.look() == {"id": "x"}


def test_too_many_logins_wait_five_seconds(server: ScriptedServer) -> None:
    server.will("login", reply(429))

    with ClientHarness(server.base_url, USER) as harness, pytest.raises(RateLimited) as raised:
        harness.look()

    assert retry_pause(failures=1, error=raised.value) == 5
