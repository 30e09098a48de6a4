"""Each story goes its way while one watches, and leads to a visit that lives."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

from lpcontext.emulator import EmulatedAccount, Emulator, fixed_chat_ids, list_stories
from tests.emulator.agent import Agent
from tests.emulator.caller import Caller
from tests.support.manual_clock import ManualClock

NAMES = [story.name for story in list_stories()]
MONITORED = [name for name in NAMES if name != "unmonitored"]


def follow(agent: Agent, chat_id: str, clock: ManualClock, *, seconds: int) -> tuple[list[str], list[dict[str, Any]]]:
    """Poll every two seconds along the `next` links: the states passed through, and all events."""
    states: list[str] = []
    events: list[dict[str, Any]] = []
    href = f"{agent.seat}/chat/{chat_id}/events"
    for _ in range(seconds // 2):
        clock.pass_time(2)
        document = agent.ask("GET", href).json()["events"]
        new = document.get("event", [])
        events += new if isinstance(new, list) else [new]
        (href,) = (each["@href"] for each in document["link"] if each["@rel"] == "next")
        href = href.removeprefix(agent.base_url)
        state = agent.info(chat_id)["state"]
        if states[-1:] != [state]:
            states.append(state)
    return states, events


def messages(events: list[dict[str, Any]]) -> list[int]:
    return [event["systemMessageId"] for event in events if "systemMessageId" in event]


@pytest.mark.parametrize("name", NAMES)
def test_a_story_is_there_under_its_lasting_ids(agent: Agent, name: str) -> None:
    story = next(each for each in list_stories() if each.name == name)
    chat_id, visitor_id, session_id = fixed_chat_ids(story)
    info = agent.info(chat_id)

    assert (info.get("sharkVisitorId"), info.get("sharkSessionId")) == (visitor_id, session_id)
    assert re.fullmatch(r"H\d{19}-[0-9a-f]{32}K\d{7}", chat_id)


@pytest.mark.parametrize("name", MONITORED)
def test_a_monitored_chat_leads_to_a_living_visit(agent: Agent, caller: Caller, emulator: Emulator, name: str) -> None:
    info = agent.info(emulator.mint_chat(name)[0])

    assert caller.visit((info["sharkVisitorId"], info["sharkSessionId"])).status_code == 200


def test_a_chat_nobody_monitors_leads_nowhere(agent: Agent, emulator: Emulator) -> None:
    chat_id, visitor_id, session_id = emulator.mint_chat("unmonitored")

    assert not any(key.startswith("shark") for key in agent.info(chat_id))
    assert visitor_id is session_id is None


def test_the_chat_waits_goes_on_is_transferred_and_ends(agent: Agent, emulator: Emulator, clock: ManualClock) -> None:
    chat_id, _, _ = emulator.mint_chat("chatting")
    states, events = follow(agent, chat_id, clock, seconds=180)
    info = agent.info(chat_id)

    assert states == ["waiting", "chatting", "ended"]
    assert messages(events) == [4, 3, 15, 13, 3, 5]
    assert {event.get("textType") for event in events} == {None, "plain", "html"}
    assert {event["subType"] for event in events if event["@type"] == "line"} == {"REGULAR", "ONLY_TO_REP"}
    assert (info["agentName"], info["skillName"], info["visitorTyping"]) == ("Idris", "Bookings", "not-typing")


def test_following_the_next_link_skips_and_repeats_nothing(
    agent: Agent, emulator: Emulator, clock: ManualClock
) -> None:
    chat_id, _, _ = emulator.mint_chat("chatting")
    _, events = follow(agent, chat_id, clock, seconds=180)

    assert events == agent.events(chat_id)
    numbers = [int(event["@id"]) for event in events]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] > len(numbers)  # some numbers are nobody's, as in LivePerson's own sample


def test_it_waits_a_quarter_of_a_minute_and_lasts_two_to_three(
    agent: Agent, emulator: Emulator, clock: ManualClock
) -> None:
    chat_id, _, _ = emulator.mint_chat("chatting")
    clock.pass_time(200)
    moments = [datetime.fromisoformat(e["time"]) for e in agent.events(chat_id) if e["@type"] == "state"]

    assert (moments[1] - moments[0]).total_seconds() == 15
    assert 120 < (moments[2] - moments[0]).total_seconds() < 180


def test_both_sides_type_before_they_speak(agent: Agent, emulator: Emulator, clock: ManualClock) -> None:
    chat_id, _, _ = emulator.mint_chat("chatting")
    seen = set()
    for _ in range(60):
        clock.pass_time(1)
        info = agent.info(chat_id)
        seen.add((info["agentTyping"], info["visitorTyping"]))

    assert seen == {("not-typing", "not-typing"), ("typing", "not-typing"), ("not-typing", "typing")}


def test_a_waiting_chat_has_no_agent_and_goes_on_waiting(agent: Agent, emulator: Emulator, clock: ManualClock) -> None:
    chat_id, _, _ = emulator.mint_chat("waiting")
    clock.pass_time(130)
    info = agent.info(chat_id)

    assert info["state"] == "waiting"
    assert "agentName" not in info
    assert messages(agent.events(chat_id)) == [4, 2, 2]


def test_a_chat_may_go_back_to_the_queue(agent: Agent, emulator: Emulator, clock: ManualClock) -> None:
    chat_id, _, _ = emulator.mint_chat("requeued")
    states, events = follow(agent, chat_id, clock, seconds=80)

    assert states == ["waiting", "chatting", "waiting", "chatting", "ended"]
    assert messages(events) == [4, 3, 23, 3, 5]


def test_the_last_update_moves_until_the_visitor_is_lost(agent: Agent, emulator: Emulator, clock: ManualClock) -> None:
    chat_id, _, _ = emulator.mint_chat("lost")
    updates = []
    for _ in range(7):
        clock.pass_time(9)
        updates.append(datetime.fromisoformat(agent.info(chat_id)["lastUpdate"]))
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(updates)]

    assert gaps[0] > 0
    assert gaps[2:5] == [0, 0, 0]
    assert agent.info(chat_id)["chatTimeout"] == 40
    assert agent.info(chat_id)["state"] == "ended"
    assert messages(agent.events(chat_id))[-1] == 6


def test_a_signed_in_visitor_has_a_participant_id(agent: Agent, emulator: Emulator) -> None:
    first, second = (agent.info(emulator.mint_chat("authenticated")[0])["participantId"] for _ in range(2))

    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", first)
    assert first != second


def test_a_long_chat_is_long(agent: Agent, emulator: Emulator, clock: ManualClock) -> None:
    chat_id, _, _ = emulator.mint_chat("long")
    events = agent.events(chat_id)
    clock.pass_time(6)

    assert len(events) > 10_000
    assert max(len(event.get("text", "")) for event in events) == 100 * 1024
    assert len(agent.events(chat_id, int(events[-1]["@id"]) + 1)) in (1, 2)


def test_a_hostile_chat_is_hostile_in_json_and_still_is_xml(agent: Agent, emulator: Emulator) -> None:
    chat_id, _, _ = emulator.mint_chat("hostile")
    text = " ".join(str(line) for line in agent.lines(chat_id))
    xml = agent.xml(f"/chat/{chat_id}")

    assert all(each in text for each in ("<script>", "javascript:", "\u202e", "onerror"))
    assert "\u202e" in agent.info(chat_id)["agentName"]
    assert xml.findtext("info/visitorName", "").startswith("Robert<script>")
    assert {event.attrib["type"] for event in xml.iter("event")} >= {"url", "resource", "weather"}


def test_stories_are_the_same_for_the_same_seed_and_clock(clock: ManualClock) -> None:
    document = []
    for _ in range(2):
        with Emulator(clock=ManualClock(clock.now), seed="same") as emulator, Agent(emulator) as agent:
            document.append([(agent.info(ids[0]) | {"link": 0}, agent.lines(ids[0])) for ids in _mint_all(emulator)])

    assert document[0] == document[1]


def _mint_all(emulator: Emulator) -> list[tuple[str, str | None, str | None]]:
    return [emulator.mint_chat(name) for name in ("chatting", "authenticated", "hostile")]


def test_a_time_on_the_second_has_no_milliseconds() -> None:
    clock = ManualClock(1_800_000_000)
    with Emulator(clock=clock) as emulator, Agent(emulator) as agent:
        chat_id, _, _ = emulator.mint_chat("unmonitored")
        clock.pass_time(60)
        times = {len(event["time"]) for event in agent.events(chat_id)}

    assert times == {len("2015-08-30T18:06:02+03:00"), len("2018-01-29T08:19:43.963-05:00")}


def test_a_chat_of_another_account_is_unknown() -> None:
    with Emulator(EmulatedAccount("11111111"), EmulatedAccount("22222222")) as emulator, Agent(emulator) as agent:
        chat_id, _, _ = emulator.mint_chat(account_id="22222222")
        answers = [agent.get(f"/chat/{each}/info") for each in (chat_id, "H1-unknownK1")]

    assert [(each.status_code, each.json()["internalCode"]) for each in answers] == [(404, 12), (404, 12)]
