"""Every resource that reads, beside the body LivePerson prints: JSON with `@` and without, and XML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from lpcontext.emulator import Choices, Emulator, fixed_chat_ids, list_stories
from tests.emulator.agent import Agent, read_xml
from tests.support.manual_clock import ManualClock

PAYLOADS = Path(__file__).parent.parent / "payloads"
DOCUMENTED = next(story for story in list_stories() if story.name == "documented")
CHAT_ID, VISITOR_ID, SESSION_ID = fixed_chat_ids(DOCUMENTED)
C = f"/chat/{CHAT_ID}"
PATHS = {
    "agent-session-resources": "",
    "agent-session-resources-data-true": "?data=true",
    "availability": "/availability",
    "available-agents": "/availableAgents",
    "available-agents-mixed-shapes": "/availableAgents",
    "available-slots": "/chat/availableSlots",
    "agent-info": "/info",
    "incoming-requests-none": "/incomingRequests",
    "chat-sessions": "/chatSessions",
    "chat-resources": C,
    "chats-multi": f"/chat?chatSessionKeys={CHAT_ID}",
    "chat-events": f"{C}/events",
    "chat-info": f"{C}/info",
    "visitor-name": f"{C}/info/visitorName",
    "visitor-typing": f"{C}/info/visitorTyping",
    "agent-typing": f"{C}/info/agentTyping",
    "transfer-skills": f"{C}/transfer",
    "agent-survey": f"{C}/survey",
}
RINGING = "/agentSessionId/incoming-requests/link"  # nothing ever rings here
IN_JSON = [name for name in PATHS if (PAYLOADS / f"{name}-doc.json").exists()]
IN_XML = [name for name in PATHS if (PAYLOADS / f"{name}-doc.xml").exists()]


def read(name: str) -> Any:
    return json.loads((PAYLOADS / name).read_text(encoding="utf-8"))


def paths(value: Any, path: str = "") -> set[str]:
    """Where something is, all the way down; the items of an array are taken together."""
    if isinstance(value, list):
        return set().union(*(paths(each, path) for each in value))
    if not isinstance(value, dict):
        return {path}
    return {path}.union(*(paths(inner, f"{path}/{key}") for key, inner in value.items()))


def tags(element: ElementTree.Element, path: str = "") -> set[str]:
    """Where elements and attributes are."""
    here = f"{path}/{element.tag}"
    return {here, *(f"{here}@{name}" for name in element.attrib)}.union(*(tags(child, here) for child in element))


def test_every_resource_that_reads_is_compared() -> None:
    assert len(IN_JSON) + len(IN_XML) == 31


@pytest.mark.parametrize("name", IN_JSON)
def test_json_has_every_documented_key(agent: Agent, name: str) -> None:
    sample = paths(read(f"{name}-doc.json"))
    is_plain = name in ("chats-multi", "chat-sessions")
    missing = sample - paths(agent.read_document(PATHS[name], nc=None if is_plain else "true"))

    assert {path for path in missing if not path.startswith(RINGING)} == set()


@pytest.mark.parametrize("name", [name for name in PATHS if name != "agent-survey"])
def test_without_nc_the_same_keys_come_without_at_signs(agent: Agent, name: str) -> None:
    marked, plain = (paths(agent.read_document(PATHS[name], nc=nc)) for nc in ("true", None))

    assert plain == {path.replace("@", "") for path in marked}
    assert not any("@" in path for path in plain)


@pytest.mark.parametrize("name", IN_XML)
def test_xml_has_every_documented_element(agent: Agent, name: str) -> None:
    sample = read_xml((PAYLOADS / f"{name}-doc.xml").read_text(encoding="utf-8"))

    missing = tags(sample) - tags(agent.xml(PATHS[name]))

    assert {path for path in missing if not path.startswith(RINGING)} == set()


@pytest.mark.parametrize("name", ["chat-resources", "chat-events", "chat-info"])
def test_the_documented_chat_has_the_documented_values(agent: Agent, name: str) -> None:
    printed = "https://va-a.agentvep.liveperson.net/api/account/25025413/agentSession/1027882276"
    sample = json.dumps(read(f"{name}-doc.json")).replace(printed, agent.base_url + agent.seat)

    assert agent.read_document(PATHS[name]) == json.loads(sample)


def test_a_copy_of_the_documented_chat_has_ids_of_its_own(agent: Agent, emulator: Emulator) -> None:
    chat_id, visitor_id, session_id = emulator.mint_chat("documented")
    info = agent.info(chat_id)

    assert (info["chatSessionKey"], info["sharkVisitorId"], info["sharkSessionId"]) == (chat_id, visitor_id, session_id)
    assert info["startTime"] == "2018-01-29T08:19:43.976-05:00"
    assert chat_id != CHAT_ID


def test_the_documented_survey_is_xml_whatever_is_accepted(agent: Agent) -> None:
    sample = (PAYLOADS / "agent-survey-doc.xml").read_text(encoding="utf-8")
    answer = agent.get(f"{C}/survey", headers={"Accept": "application/json"})

    def flatten(text: str) -> list[tuple[str, dict[str, str], str]]:
        return [(each.tag, each.attrib, (each.text or "").strip()) for each in read_xml(text).iter()]

    assert flatten(answer.text) == flatten(sample)


def test_typing_answers_created_as_printed(agent: Agent) -> None:
    assert [agent.get(f"{C}/info/{side}Typing").status_code for side in ("visitor", "agent")] == [201, 201]


def test_numbers_are_strings_or_numbers_as_printed(agent: Agent) -> None:
    marked, plain = (agent.read_document(C, nc=nc)["chat"] for nc in ("true", None))

    assert (marked["events"]["event"][1]["@id"], plain["events"]["event"][1]["id"]) == ("1", 1)
    assert (marked["events"]["event"][1]["systemMessageId"], plain["events"]["event"][1]["systemMessageId"]) == (4, "4")
    assert (marked["info"]["engagementId"], plain["info"]["engagementId"]) == (311098710, "311098710")


def test_agents_have_their_skills_as_array_as_word_and_as_null(agent: Agent) -> None:
    agents = agent.read_document("/availableAgents")["availableAgents"]["agents"]["agent"]

    assert {type(each["skills"] and each["skills"]["skill"]) for each in agents} == {list, str, type(None)}
    assert {type(each["skillsInfo"] and each["skillsInfo"]["skillInfo"]) for each in agents} == {list, dict, type(None)}


def test_agents_can_be_asked_for_by_skill_and_state(agent: Agent) -> None:
    def names(**wanted: str) -> set[str]:
        agents = agent.read_document("/availableAgents", params=wanted)["availableAgents"]["agents"].get("agent", [])
        return {each["nickname"] for each in agents}

    assert names(skill="Bookings") == {"Natalie", "Idris"}
    assert names(skill="Lending", chatState="Offline") == set()
    assert names(chatState="Offline") == {"Augusto"}
    assert len(names(voiceState="Offline")) == 5
    assert agent.get("/availableAgents", params={"chatState": "Asleep"}).status_code == 400


def test_the_next_agents_are_linked_to_with_a_time(agent: Agent, clock: ManualClock) -> None:
    link = agent.read_document("/availableAgents")["availableAgents"]["link"]

    assert link["@rel"] == "next"
    assert link["@href"].endswith(f"/availableAgents?timeStamp={int(clock.now * 1000)}")


@pytest.mark.parametrize(
    ("wanted", "slots"),
    [({"skill": "Bookings"}, 4), ({"skill": "Lending"}, -1), ({"agent": "25025413"}, 2), ({"skill": "Juggling"}, 0)],
)
def test_slots_are_counted_per_skill_and_agent(agent: Agent, wanted: dict[str, str], slots: int) -> None:
    assert agent.read_document("/chat/availableSlots", params=wanted) == {"availableSlots": slots}


def test_nobody_waits_longer_than_a_day(agent: Agent) -> None:
    assert agent.get("/chat/availableSlots", params={"skill": "Sales", "maxWaitTime": "86401"}).status_code == 400


def test_a_participant_is_found_by_the_id_in_the_chat(agent: Agent, emulator: Emulator) -> None:
    participant_id = agent.info(emulator.mint_chat("authenticated")[0])["participantId"]
    document = agent.read_document(f"/participantExtendedInfo/{participant_id}")

    assert paths(document) == paths(read("participant-extended-info-doc.json"))
    assert document["authenticatedParticipantInfo"]["participantId"] == participant_id
    assert agent.xml(f"/participantExtendedInfo/{participant_id}").tag == "participantExtendedInfo"
    assert agent.get("/participantExtendedInfo/nobody").status_code == 404


def test_one_event_is_an_object_and_none_are_missing(agent: Agent) -> None:
    events = [agent.read_document(f"{C}/events", params={"from": number})["events"] for number in ("2", "3", "4")]

    assert [each["@id"] for each in events[0]["event"]] == ["2", "3"]
    assert events[1]["event"]["@id"] == "3"
    assert "event" not in events[2]


def test_how_single_and_missing_items_look_can_be_chosen(clock: ManualClock) -> None:
    choices = Choices(single_items="array", empty_lists="empty")
    with Emulator(clock=clock, choices=choices) as emulator, Agent(emulator, signed=False) as agent:
        one, none = (
            agent.read_document(f"{C}/events", params={"from": number})["events"]["event"] for number in ("3", "4")
        )

    assert ([each["@id"] for each in one], none) == (["3"], [])


def test_several_chats_are_given_at_once_each_from_its_own_event(agent: Agent, emulator: Emulator) -> None:
    other = emulator.mint_chat("documented")[0]
    wanted = {"chatSessionKeys": f"{other},H1-unknownK1,{CHAT_ID}", "fromEventIds": "3,0"}
    first, second = agent.read_document("/chat", params=wanted)["chats"]["chat"]

    assert [first["info"]["chatSessionKey"], second["info"]["chatSessionKey"]] == [other, CHAT_ID]
    assert (first["events"]["event"]["@id"], len(second["events"]["event"])) == ("3", 4)


@pytest.mark.parametrize(
    "wanted",
    [{}, {"chatSessionKeys": CHAT_ID, "fromEventIds": "1,2"}, {"chatSessionKeys": CHAT_ID, "fromEventIds": "x"}],
)
def test_a_call_for_several_chats_must_make_sense(agent: Agent, wanted: dict[str, str]) -> None:
    answer = agent.get("/chat", params=wanted)

    assert (answer.status_code, answer.json()["internalCode"]) == (400, 33)


def test_links_come_without_version_and_style(agent: Agent) -> None:
    links = {link["@rel"]: link["@href"] for link in agent.read_document(C)["chat"]["link"]}

    assert links["next"] == f"{agent.base_url}{agent.seat}{C}?from=4"
    assert links["visit-id"].endswith("/visits/visit/H2170755172687460894K8457415")
    assert agent.get("/visits/visit/H2170755172687460894K8457415").status_code == 404
