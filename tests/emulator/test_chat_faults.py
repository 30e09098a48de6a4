"""Faults strike chats as they strike visits: by chat, by kind, and the two that only agent sessions know."""

from __future__ import annotations

import pytest
import requests

from lpcontext.emulator import Choices, Emulator
from lpcontext.emulator.chat_agent.call_kinds import READS
from lpcontext.emulator.routes import CHAT_ROUTES
from tests.emulator.agent import XML, Agent
from tests.emulator.caller import Bearer, Caller
from tests.support.manual_clock import ManualClock

STATUSES = {
    "500": 500,
    "503": 503,
    "429": 429,
    "not-found": 404,
    "unauthorized": 401,
    "forbidden": 403,
    "redirect": 302,
    "account": 404,
    "cookie-refused": 401,
}


@pytest.fixture
def chat_id(emulator: Emulator) -> str:
    return emulator.mint_chat("documented")[0]


def test_every_call_that_reads_can_be_struck() -> None:
    kinds = {route.kind for route in CHAT_ROUTES}

    assert {kind for kind in kinds if not kind.startswith("act-")} - {"agent-session"} == set(READS)


@pytest.mark.parametrize("name", STATUSES)
def test_a_failure_strikes_the_chat_it_names(agent: Agent, emulator: Emulator, chat_id: str, name: str) -> None:
    other = emulator.mint_chat("documented")[0]
    emulator.add_fault(name, chat=chat_id)
    statuses = [agent.get(f"/chat/{each}/info").status_code for each in (chat_id, other)]

    assert statuses == [STATUSES[name], 200]
    assert agent.get("/chat", params={"chatSessionKeys": f"{other},{chat_id}"}).status_code == STATUSES[name]
    assert agent.get("/availableAgents").status_code == 200


@pytest.mark.parametrize("name", ["html", "empty", "truncated"])
def test_a_body_may_be_no_json(agent: Agent, emulator: Emulator, chat_id: str, name: str) -> None:
    emulator.add_fault(name, chat=chat_id)
    answer = agent.get(f"/chat/{chat_id}")

    assert answer.status_code == 200
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()


def test_a_body_may_be_no_object(agent: Agent, emulator: Emulator, chat_id: str) -> None:
    emulator.add_fault("not-object", chat=chat_id)

    assert isinstance(agent.get(f"/chat/{chat_id}").json(), list)


def test_a_chat_may_never_answer_or_break_off(agent: Agent, emulator: Emulator, chat_id: str) -> None:
    address = f"{agent.base_url}{agent.seat}/chat/{chat_id}/info?v=1"
    emulator.add_fault("timeout", chat=chat_id, count=1)
    with pytest.raises(requests.exceptions.ReadTimeout):
        agent.http.get(address, auth=agent.auth, timeout=0.2)
    emulator.add_fault("drop", chat=chat_id, count=1)
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)):
        agent.info(chat_id)

    assert agent.info(chat_id)


def test_one_odd_field_spoils_only_itself(agent: Agent, emulator: Emulator, chat_id: str) -> None:
    emulator.add_fault("odd-field", chat=chat_id)
    several = agent.read_document("/chat", params={"chatSessionKeys": chat_id})["chats"]["chat"]

    assert agent.info(chat_id)["language"] == several[0]["info"]["language"] == {"odd": True}
    assert agent.info(chat_id)["agentName"] == "Barber"
    assert agent.get(f"/chat/{chat_id}", headers=XML).status_code == 200


def test_a_fault_may_strike_one_kind_of_call(agent: Agent, emulator: Emulator, chat_id: str) -> None:
    emulator.add_fault("503", service="agentVep", kinds=("available-agents",))

    assert agent.get("/availableAgents").status_code == 503
    assert agent.info(chat_id)


def test_an_agent_session_may_be_forgotten_on_demand(agent: Agent, emulator: Emulator, chat_id: str) -> None:
    emulator.add_fault("agent-session-expired")
    answer = agent.get(f"/chat/{chat_id}/info")
    seat = agent.start().json()["agentSessionLocation"]["link"]["@href"].removeprefix(agent.base_url)

    assert (answer.status_code, answer.json()["internalCode"]) == (404, 12)
    assert agent.ask("GET", f"{seat}/chat/{chat_id}/info").status_code == 200


def test_a_forgotten_bearer_takes_the_agent_session_with_it(
    agent: Agent, caller: Caller, emulator: Emulator, chat_id: str
) -> None:
    emulator.add_fault("bearer-expired")
    struck = agent.get(f"/chat/{chat_id}/info").status_code
    again = Bearer(caller.log_in().json()["bearer"])

    assert struck == 401
    assert agent.get(f"/chat/{chat_id}/info", auth=again).status_code == 404


def test_a_login_is_spared_by_faults_of_agent_sessions(agent: Agent, caller: Caller, emulator: Emulator) -> None:
    emulator.add_fault("cookie-refused")

    assert caller.log_in().status_code == 200
    assert agent.start().status_code == 201
    assert agent.get("/info").status_code == 401


def test_faults_of_a_chat_can_be_lifted_together(agent: Agent, caller: Caller, chat_id: str) -> None:
    caller.control("POST", "faults", name="500", chat=chat_id)
    caller.control("POST", "faults", name="503")

    assert caller.control("DELETE", f"faults?chat={chat_id}") == {"lifted": 1}
    assert agent.info(chat_id)


def test_what_unknown_chats_get_can_be_chosen(clock: ManualClock) -> None:
    choices = Choices(unknown_chat_code=33, unknown_among_chats="refused", error_envelope="nested", act_status=403)
    with Emulator(clock=clock, choices=choices) as emulator, Agent(emulator) as agent:
        single = agent.get("/chat/H1-noneK1")
        several = agent.get("/chat", params={"chatSessionKeys": "H1-noneK1"})
        act = agent.ask("POST", f"{agent.seat}/incomingRequests", json={})

    assert [single.json()["error"]["internalCode"], several.status_code, act.status_code] == [33, 400, 403]
