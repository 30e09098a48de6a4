"""Answers about somebody else, and calls for several chats that fail as one: the calls beside them stay right."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from lpcontext.emulator import Emulator, list_worlds
from tests.emulator.agent import Agent
from tests.emulator.caller import Bearer, Caller
from tests.support.manual_clock import ManualClock

HOUR = 3600


def person_in(state: dict[str, Any]) -> Any:
    session = state.get("appSessions", [state])[0]
    return (session.get("personalInfo") or {}).get("personalInfo", {}).get("name")


@pytest.mark.parametrize("world", [world.name for world in list_worlds()])
def test_another_visit_is_a_whole_one_of_another_person(caller: Caller, emulator: Emulator, world: str) -> None:
    ids = emulator.mint_visit(world)
    honest = caller.state(ids)
    emulator.add_fault("another-visit", visitor=ids[0])
    document = caller.state(ids)

    visits = {visit["longSessionId"]: visit for visit in caller.control("GET", "visits")}
    assert visits[document["id"]]["visitorId"] != ids[0]
    assert person_in(document)
    assert person_in(document) != person_in(honest)
    assert document["appSessions"][0]["id"] == document["id"]


def test_another_visit_is_minted_where_there_is_none(caller: Caller, emulator: Emulator, clock: ManualClock) -> None:
    clock.pass_time(7 * HOUR)
    ids = emulator.mint_visit("bank")
    assert len(caller.control("GET", "visits")) == 1
    emulator.add_fault("another-visit")
    document = [caller.state(ids) for _ in range(3)]

    assert len({state["id"] for state in document}) == 1
    assert person_in(document[0]) == "Maren"
    assert len(caller.control("GET", "visits")) == 2


def test_another_session_of_the_same_visitor_is_not_the_newest(caller: Caller, emulator: Emulator) -> None:
    ids = emulator.mint_visit("checkout", frozen=True)
    honest = caller.state(ids)
    caller.control("POST", "faults", name="another-visit", visitor=ids[0], same_visitor=True)
    document = caller.state(ids)
    caller.control("DELETE", "faults")

    other = next(visit for visit in caller.control("GET", "visits") if visit["longSessionId"] == document["id"])
    assert other["visitorId"] == ids[0]
    assert other["sessionId"] != ids[1]
    assert person_in(document) != person_in(honest)
    assert caller.control("POST", f"visits/{ids[0]}", frozen=True)["sessionId"] == ids[1]
    assert caller.state(ids) == honest


def test_a_session_that_is_there_is_taken(caller: Caller, emulator: Emulator) -> None:
    ids = emulator.mint_visit("checkout")
    other = caller.control("POST", "visits", world="vip", visitor=ids[0])
    emulator.add_fault("another-visit", same_visitor=True)

    assert caller.state(ids)["id"] == other["longSessionId"]
    assert caller.state((ids[0], other["sessionId"]))["id"].startswith(ids[1])


def test_a_refusal_is_never_mixed_up(caller: Caller, emulator: Emulator) -> None:
    emulator.add_fault("another-visit")

    assert caller.code(("nobody", "unknown")) == (404, 12)
    assert caller.code(emulator.mint_visit(), auth=Bearer("f" * 64)) == (401, 10)


@pytest.mark.parametrize("story", ["documented", "chatting", "unmonitored", "long"])
def test_another_chat_has_its_own_key_ids_and_lines(agent: Agent, emulator: Emulator, story: str) -> None:
    chat_id, _, session_id = emulator.mint_chat(story)
    emulator.add_fault("another-chat", chat=chat_id)
    document = agent.read_document(f"/chat/{chat_id}", params={"from": "9999999"})["chat"]
    other = document["info"]["chatSessionKey"]

    assert other != chat_id
    assert document["info"]["sharkSessionId"] != session_id
    assert lines_of(document)
    assert lines_of(document) == agent.lines(other)
    assert agent.info(chat_id)["chatSessionKey"] == chat_id


def test_a_chat_among_several_is_replaced_alone(agent: Agent, emulator: Emulator) -> None:
    ours, spared = (emulator.mint_chat("documented")[0] for _ in range(2))
    emulator.add_fault("another-chat", chat=ours)
    document = ask_for_several(agent, ours, spared).json()["chats"]["chat"]

    keys = [chat["info"]["chatSessionKey"] for chat in document]
    assert keys[0] not in (ours, spared)
    assert keys[1] == spared


def test_without_a_name_every_chat_is_replaced_by_one_of_its_own(agent: Agent, emulator: Emulator) -> None:
    asked = {emulator.mint_chat("documented")[0] for _ in range(3)}
    emulator.add_fault("another-chat")
    document = ask_for_several(agent, *asked).json()["chats"]["chat"]

    keys = {chat["info"]["chatSessionKey"] for chat in document}
    assert len(keys) == 3
    assert not keys & asked
    assert all(lines_of(chat) for chat in document)


def test_an_unknown_chat_stays_unknown(agent: Agent, emulator: Emulator) -> None:
    emulator.add_fault("another-chat")

    assert agent.get("/chat/H1-noneK1").status_code == 404


@pytest.mark.parametrize(("name", "status"), [("chats-400", 400), ("chats-403", 403)])
def test_a_call_for_several_fails_as_one(agent: Agent, emulator: Emulator, name: str, status: int) -> None:
    first, second = (emulator.mint_chat("documented")[0] for _ in range(2))
    emulator.add_fault(name)

    assert ask_for_several(agent, first, second).status_code == status
    assert [agent.get(f"/chat/{each}").status_code for each in (first, second)] == [200, 200]


def test_a_call_for_several_breaks_off_half_way(agent: Agent, emulator: Emulator) -> None:
    chat_id = emulator.mint_chat("documented")[0]
    emulator.add_fault("chats-half")

    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)):
        ask_for_several(agent, chat_id)
    assert agent.get(f"/chat/{chat_id}").status_code == 200


def ask_for_several(agent: Agent, *chat_ids: str) -> requests.Response:
    return agent.get("/chat", params={"chatSessionKeys": ",".join(chat_ids)})


def lines_of(chat: dict[str, Any]) -> list[str]:
    event = chat["events"].get("event", [])
    events = event if isinstance(event, list) else [event]
    return [each["text"] for each in events if each["@type"] == "line"]
