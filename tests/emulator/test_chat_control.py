"""The control API for chats: fresh ones, changes at will, and the count of what was asked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.agent import Agent
from tests.emulator.caller import Caller
from tests.support.manual_clock import ManualClock


def mint(caller: Caller, **options: object) -> str:
    chat_id: str = caller.control("POST", "chats", **options)["chatId"]
    return chat_id


def test_fresh_chats_come_with_their_visits(agent: Agent, caller: Caller) -> None:
    document = caller.control("POST", "chats", story="chatting")
    other = caller.control("POST", "chats", story="unmonitored")

    assert caller.visit((document["visitorId"], document["sessionId"])).status_code == 200
    assert (document["state"], other["visitorId"], other["sessionId"]) == ("waiting", None, None)
    assert {each["chatId"] for each in caller.control("GET", "chats")} > {document["chatId"], other["chatId"]}
    assert caller.control("GET", f"chats/{document['chatId']}")["events"] == 2


def test_the_overview_names_the_stories(caller: Caller) -> None:
    stories = caller.control("GET", "")["stories"]

    assert {"chatting", "waiting", "unmonitored", "authenticated", "long", "hostile", "documented"} < stories.keys()
    assert stories["documented"]["sessionId"] == "ttJpjOmRQ0adbOusBi5UlA"


def test_a_frozen_chat_stays_byte_for_byte_until_thawed(agent: Agent, caller: Caller, clock: ManualClock) -> None:
    chat_id = mint(caller, frozen=True)
    before = agent.get(f"/chat/{chat_id}").content
    clock.pass_time(120)
    after = agent.get(f"/chat/{chat_id}").content
    caller.control("POST", f"chats/{chat_id}", frozen=False)

    assert before == after
    assert agent.info(chat_id)["state"] == "chatting"


def test_lines_messages_events_and_typing_come_at_will(agent: Agent, caller: Caller, clock: ManualClock) -> None:
    chat_id = mint(caller, story="documented", frozen=True)
    clock.pass_time(5)
    line = {"text": "<b>now</b>", "source": "agent", "by": "Barber", "textType": "html", "subType": "ONLY_TO_REP"}
    caller.control("POST", f"chats/{chat_id}", line=line, typing={"visitor": True})
    caller.control(
        "POST", f"chats/{chat_id}", system={"id": 22, "text": "Ticket 7"}, event={"@type": "url", "url": "x"}
    )
    said, system, event = agent.events(chat_id, 4)

    assert {key: said[key] for key in line} == line
    assert (system["systemMessageId"], event["@type"]) == (22, "url")
    assert agent.info(chat_id)["visitorTyping"] == "typing"


def test_a_line_without_more_is_the_visitors(agent: Agent, caller: Caller) -> None:
    chat_id = mint(caller, story="waiting", frozen=True)
    caller.control("POST", f"chats/{chat_id}", line={"text": "Hello?"})
    line = agent.events(chat_id)[-1]

    assert (line["source"], line["by"], line["textType"], line["subType"]) == ("visitor", "Maren", "plain", "REGULAR")


def test_a_chat_can_be_ended_and_its_story_with_it(agent: Agent, caller: Caller, clock: ManualClock) -> None:
    chat_id = mint(caller)
    clock.pass_time(20)
    caller.control("POST", f"chats/{chat_id}", state="ended")
    count, update = len(agent.events(chat_id)), agent.info(chat_id)["lastUpdate"]
    clock.pass_time(120)

    assert agent.info(chat_id)["state"] == "ended"
    assert (len(agent.events(chat_id)), agent.info(chat_id)["lastUpdate"]) == (count, update)


def test_a_visitor_can_fall_silent(agent: Agent, caller: Caller, clock: ManualClock) -> None:
    chat_id = mint(caller, story="waiting")
    caller.control("POST", f"chats/{chat_id}", silent=True)
    before = agent.info(chat_id)["lastUpdate"]
    clock.pass_time(30)

    assert agent.info(chat_id)["lastUpdate"] == before


def test_a_chat_can_be_forgotten(agent: Agent, caller: Caller) -> None:
    chat_id = mint(caller)
    caller.control("DELETE", f"chats/{chat_id}")

    assert agent.get(f"/chat/{chat_id}").status_code == 404


@pytest.mark.parametrize("body", [{"story": "epic"}, {"account": "404404"}])
def test_an_impossible_chat_is_refused_in_words(caller: Caller, body: dict[str, object]) -> None:
    answer = caller.ask("POST", "/emulator/chats", json=body)

    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


@pytest.mark.parametrize(
    "body",
    [{"state": "dreaming"}, {"line": {}}, {"line": {"text": "x", "source": "bot"}}, {"typing": True}, {"event": 7}],
)
def test_an_unreadable_change_is_refused(caller: Caller, body: dict[str, Any]) -> None:
    chat_id = mint(caller)

    assert caller.ask("POST", f"/emulator/chats/{chat_id}", json=body).status_code == 400


def test_there_is_no_control_for_a_chat_that_is_not_there(caller: Caller) -> None:
    assert caller.ask("POST", "/emulator/chats/H1-noneK1", json={}).status_code == 404
    assert caller.ask("DELETE", "/emulator/chats").status_code == 404


def test_requests_are_counted_per_kind_and_chat(agent: Agent, caller: Caller, clock: ManualClock) -> None:
    first, second = mint(caller), mint(caller)
    caller.control("DELETE", "log")
    agent.info(first)
    clock.pass_time(2)
    agent.get("/chat", params={"chatSessionKeys": f"{first},{second}"})
    agent.get("/availableAgents")
    agent.start()
    log = caller.control("GET", "log")
    now_ms = int(clock.now * 1000)

    assert log["kinds"] == {"chat-info": 1, "chats": 1, "available-agents": 1, "agent-session": 1}
    assert log["kindArrivals"]["chats"] == [now_ms]
    assert log["chatArrivals"] == {
        first: {"chat-info": [now_ms - 2000], "chats": [now_ms]},
        second: {"chats": [now_ms]},
    }
    assert log["answers"]["agent-session 201"] == 1
    assert log["arrivals"] == {}
