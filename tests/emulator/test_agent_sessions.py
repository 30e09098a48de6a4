"""Agent sessions: one cookie each, bound to their login, needed by every resource."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lpcontext.emulator import Choices, EmulatedAccount, Emulator
from tests.emulator.agent import XML, Agent, read_xml
from tests.emulator.caller import Bearer, Caller, sign_with
from tests.support.manual_clock import ManualClock


def test_a_session_starts_with_its_address_and_a_cookie_of_its_own(agent: Agent) -> None:
    (cookie,) = [each for each in agent.http.cookies if each.name == "agentSessionKey"]

    assert agent.started.status_code == 201
    assert agent.started.json()["agentSessionLocation"]["link"]["@rel"] == "location"
    assert re.fullmatch(rf"{agent.home}/agentSession/\d+", agent.seat)
    assert cookie.path == f"{agent.home}/agentSession"


def test_a_session_starts_in_every_shape(agent: Agent) -> None:
    plain = agent.start(nc=None).json()["agentSessionLocation"]["link"]
    xml = read_xml(agent.start(headers=XML).text)

    assert set(plain) == {"href", "rel"}
    assert (xml.tag, xml[0].tag, set(xml[0].attrib)) == ("agentSessionLocation", "link", {"href", "rel"})


@pytest.mark.parametrize("data", ["", {}, {"username": "panel-bot", "password": "x"}])
def test_login_data_may_be_anything(agent: Agent, data: Any) -> None:
    assert agent.start({"loginData": data}).status_code == 201


@pytest.mark.parametrize("body", [{"login": ""}, [], {"loginData": 7}])
def test_login_data_must_be_there(agent: Agent, body: Any) -> None:
    answer = agent.ask("POST", f"{agent.home}/agentSession", json=body)

    assert (answer.status_code, answer.json()["internalCode"]) == (400, 33)


def test_without_its_cookie_a_session_is_refused(agent: Agent) -> None:
    agent.http.cookies.clear()
    answer = agent.get("/availability")

    assert answer.status_code == 401
    assert set(answer.json()) == {"time", "message", "internalCode"}


def test_the_cookie_of_another_session_is_refused(agent: Agent) -> None:
    agent.start()

    assert agent.get("/availability").status_code == 401


def test_what_a_missing_cookie_costs_can_be_chosen(clock: ManualClock) -> None:
    with Emulator(clock=clock, choices=Choices(cookie_status=403)) as emulator, Agent(emulator) as agent:
        agent.http.cookies.clear()

        assert agent.get("/availability").status_code == 403


def test_signed_requests_get_and_need_no_cookie(emulator: Emulator) -> None:
    with Agent(emulator, signed=True) as agent:
        assert "Set-Cookie" not in agent.started.headers
        assert agent.get("/availability").status_code == 200


def test_a_signed_request_may_use_a_session_a_bearer_started(agent: Agent) -> None:
    agent.http.cookies.clear()

    assert agent.get("/availability", auth=sign_with(agent.account)).status_code == 200


def test_a_session_dies_with_its_login(agent: Agent) -> None:
    agent.ask("POST", f"{agent.home}/logout", json={"csrf": agent.login["csrf"]})

    assert agent.get("/availability").status_code == 401
    assert agent.get("/availability", auth=sign_with(agent.account)).status_code == 404


def test_a_session_is_not_for_another_login(emulator: Emulator, agent: Agent, caller: Caller) -> None:
    other = Bearer(caller.log_in().json()["bearer"])

    assert agent.get("/availability", auth=other).status_code == 404
    assert agent.get("/availability").status_code == 200


def test_an_unrefreshed_login_takes_the_session_with_it(agent: Agent, clock: ManualClock) -> None:
    clock.pass_time(7 * 3600)
    agent.ask("POST", f"{agent.home}/refresh", json={"csrf": agent.login["csrf"]})
    clock.pass_time(7 * 3600)
    refreshed = agent.get("/availability").status_code
    clock.pass_time(2 * 3600)

    assert (refreshed, agent.get("/availability").status_code) == (200, 401)


def test_an_unknown_session_an_unknown_account_and_no_version_are_refused(agent: Agent) -> None:
    unknown = agent.ask("GET", f"{agent.home}/agentSession/123/info")
    account = agent.ask("GET", "/api/account/404404/agentSession/123/info")
    versionless = agent.get("/info", params={"v": "2"})

    assert [each.status_code for each in (unknown, account, versionless)] == [404, 404, 400]
    assert [each.json()["internalCode"] for each in (unknown, account, versionless)] == [12, 6, 33]


def test_nobody_comes_in_without_authorization(agent: Agent) -> None:
    for auth in (Bearer("0" * 64), sign_with(EmulatedAccount("999"))):
        assert agent.get("/info", auth=auth).status_code == 401
        assert agent.start(auth=auth).status_code == 401


def test_a_path_may_end_in_json_and_then_it_is_json(agent: Agent, emulator: Emulator) -> None:
    chat_id, _, _ = emulator.mint_chat()
    started = agent.ask("GET", f"{agent.seat}.json", headers=XML)

    assert len(started.json()["agentSessionId"]["link"]) == 7
    assert agent.read_document(f"/chat/{chat_id}.json", headers=XML)["chat"]["info"]["chatSessionKey"] == chat_id
    assert "event" in agent.read_document(f"/chat/{chat_id}/events.json")["events"]


ACTS = (
    ("PUT", "/availability", "act-availability"),
    ("POST", "/incomingRequests", "act-accept"),
    ("POST", "/chat/{chat}/events", "act-events"),
    ("PUT", "/chat/{chat}/info/agentTyping", "act-typing"),
    ("POST", "/chat/{chat}/transfer", "act-transfer"),
    ("PUT", "/chat/{chat}/survey", "act-survey"),
)


@pytest.mark.parametrize(("method", "path", "kind"), ACTS)
def test_acting_on_a_chat_is_refused_and_counted(
    agent: Agent, caller: Caller, emulator: Emulator, method: str, path: str, kind: str
) -> None:
    chat_id, _, _ = emulator.mint_chat("documented")
    override = {"X-HTTP-Method-Override": method} if method == "PUT" else {}
    answer = agent.ask("POST", agent.seat + path.format(chat=chat_id), json={}, headers=override)

    assert answer.status_code == 405
    assert caller.control("GET", "log")["kinds"][kind] == 1
    assert len(agent.events(chat_id)) == 4
