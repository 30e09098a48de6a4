"""Every response LivePerson documents of a chat and what surrounds it, read in full."""

from __future__ import annotations

from datetime import UTC, datetime
from fnmatch import fnmatch

import pytest

from lpcontext.chats.model import (
    Chat,
    ChatEvent,
    Participant,
    ParticipantContact,
    Skill,
    SurveyEntry,
    SurveyQuestion,
)
from lpcontext.reading.day import Day
from tests.chats.responses import PAYLOADS, VERBS, parse_documented

OF_CHATS = ("agent-*", "avail*", "chat*", "participant-*", "serverchat-*", "transfer-skills-*", "visitor-*")
NOT_ASKED_FOR = (
    "agent-info-*",
    "agent-session-*",
    "agent-typing-*",
    "availability-*",
    "chat-sessions-*",
    "transfer-skills-*",
    "visitor-*",
)
"""What the emulator serves as well, and we have no use for."""


def is_one_of(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def test_every_documented_body_we_ask_for_is_read() -> None:
    documented = {path.name for path in PAYLOADS.iterdir() if is_one_of(path.name, OF_CHATS)}

    assert {name for name in documented if not is_one_of(name, NOT_ASKED_FOR)} == set(VERBS)


@pytest.mark.parametrize("name", sorted(VERBS))
def test_nothing_is_dropped_from_a_documented_body(name: str) -> None:
    assert parse_documented(name) is not None


def test_a_chat_is_read_with_the_ids_of_its_visit() -> None:
    assert parse_documented("chat-info-doc.json") == Chat(
        chat_id="H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415",
        state="chatting",
        agent_name="Barber",
        agent_id="311098910",
        started_at_ms=at("2018-01-29T13:19:43.976"),
        last_update_ms=at("2018-01-29T13:20:54.560"),
        timeout_seconds=40,
        duration=0,
        visitor_typing="not-typing",
        agent_typing="not-typing",
        visitor_name="visitor",
        visitor_id="QzZDNhYTViMjA1OTJjN2Y5",
        session_id="ttJpjOmRQ0adbOusBi5UlA",
        context_id="1",
        engagement_id="311098710",
        campaign_id="311098610",
        language="en-US",
        rt_session_id="4295036103",
        engine_visitor_id="1215602164887992",
    )


def test_a_server_chat_tells_its_skill_and_ids_as_texts() -> None:
    chat = parse_documented("serverchat-info-doc.json")

    assert (chat.skill_name, chat.skill_id) == ("Sales", "25975313")
    assert (chat.context_id, chat.engagement_id, chat.campaign_id) == ("3", "27469613", "26948813")
    assert (chat.visitor_id, chat.session_id) == ("rloXnVgEQ-iQuoOytvKNqA", "rN82d4rATN6EuiA4cJwaPg")


def test_an_older_chat_in_xml_has_no_visit() -> None:
    chat = parse_documented("chat-info-doc.xml")

    assert (chat.agent_name, chat.agent_id, chat.visitor_typing) == ("john", "4", "typing")
    assert (chat.visitor_id, chat.session_id, chat.language) == (None, None, None)


def test_a_transcript_has_states_and_lines() -> None:
    transcript = parse_documented("chat-events-doc.json")

    assert transcript.next_from == 4
    assert [(event.id, event.kind, event.state) for event in transcript.events] == [
        (0, "state", "waiting"),
        (1, "line", None),
        (2, "state", "chatting"),
        (3, "line", None),
    ]
    assert transcript.events[3] == ChatEvent(
        kind="line",
        id=3,
        at_ms=at("2018-01-29T13:19:56.782"),
        text="You are now chatting with Barber.",
        source="system",
        by="info",
        system_message_id=3,
    )


def test_a_line_of_an_agent_is_described_by_source_and_nickname() -> None:
    event = parse_documented("serverchat-events-doc.json").events[-1]

    assert (event.source, event.by, event.text_type) == ("agent", "Natalie", "html")
    assert event.text == '<div dir="ltr" style="direction: ltr; text-align: left;">hi</div>'
    assert event.system_message_id is None


def test_an_xml_line_without_a_text_type_is_plain() -> None:
    events = parse_documented("chat-events-doc.xml").events

    assert (events[-1].text, events[-1].text_type) == ("Visitor is interesting in skiing vacation", "plain")
    assert [event.id for event in events] == [0, 1, 2, 3, 4, 5, 6]


def test_the_next_link_of_one_documented_response_lies_before_its_last_event() -> None:
    transcript = parse_documented("chat-events-doc.xml")

    assert (transcript.next_from, transcript.events[-1].id) == (5, 6)


def test_the_next_link_of_another_lies_far_behind_its_last_event() -> None:
    (response,) = parse_documented("chats-multi-doc.json")

    assert (response.transcript.next_from, response.transcript.events[-1].id) == (214, 4)


def test_an_event_without_milliseconds_has_a_time() -> None:
    (response,) = parse_documented("chats-multi-doc.json")

    assert response.transcript.events[0].at_ms == at("2015-08-30T15:06:02")


def test_an_empty_line_is_a_line_without_text() -> None:
    (response,) = parse_documented("chats-multi-doc.json")

    assert (response.transcript.events[4].text, response.transcript.events[4].system_message_id) == (None, 4)


def test_a_chat_in_full_has_both_halves() -> None:
    response = parse_documented("chat-resources-doc.json")

    assert response.chat == parse_documented("chat-info-doc.json")
    assert response.transcript == parse_documented("chat-events-doc.json")


def test_a_chat_whose_info_does_not_name_it_is_named_by_its_own_address() -> None:
    assert (
        parse_documented("chat-resources-doc.xml").chat.chat_id == "H9067284163308954154-4047270689103073078K16779419"
    )


def test_a_chat_with_an_address_of_placeholders_is_named_by_its_info() -> None:
    (response,) = parse_documented("chats-multi-doc.json")

    assert response.chat.chat_id == "H4709474615328845423-2767456311409308813K8414056"


def test_skills_of_agents_are_a_list_or_one_or_null() -> None:
    agents = parse_documented("available-agents-mixed-shapes-doc.json")

    assert [len(agent.skills) for agent in agents] == [3, 1, 1, 0, 1]
    assert agents[1].skills == (Skill(id="25975313", name="Sales"),)
    assert (agents[0].availability.chat, agents[0].elapsed_in_state, agents[0].group_id) == ("Online", 908445, "-1")


def test_skills_of_agents_without_names_are_ids() -> None:
    (agent,) = parse_documented("available-agents-doc.json")

    assert agent.skills == (Skill(id="2"), Skill(id="4"))
    assert (agent.availability.chat, agent.availability.voice) == ("Away", "Offline")


def test_slots_are_a_number() -> None:
    assert parse_documented("available-slots-doc.json") == 1
    assert parse_documented("available-slots-doc.xml") == 2


def test_an_agent_survey_is_read_from_attributes() -> None:
    survey = parse_documented("agent-survey-doc.xml")

    assert (survey.id, survey.header, len(survey.questions)) == ("41108", "Agent Survey Example", 4)
    assert survey.questions[0] == SurveyQuestion(
        id="16148804",
        order=0,
        logic_id="1",
        mandatory=True,
        validation="alpha_numeric",
        type="Text Field",
        label="Order Total for Internal Orders ONLY",
        last_known_value="666",
    )
    assert survey.questions[2].entries[0] == SurveyEntry(value="Yes, the issue was resolved", shows_logic_id="6")


@pytest.mark.parametrize(
    ("name", "id_", "mandatory"),
    [("serverchat-prechat-survey-doc.json", "40216", True), ("serverchat-exit-survey-doc.json", "361348", False)],
)
def test_a_survey_has_flags_and_numbers_real_or_as_text(name: str, id_: str, mandatory: bool) -> None:
    survey = parse_documented(name)

    assert survey.id == id_
    assert [question.order for question in survey.questions] == [0, 1]
    assert {question.mandatory for question in survey.questions} == {mandatory}
    assert survey.questions[0].entries[0].checked is False


def test_a_participant_is_authenticated_and_has_contacts() -> None:
    participant = parse_documented("participant-extended-info-doc.json")

    assert participant == Participant(
        participant_id="55fc1779-83b0-4e8b-8eea-503a8eaf8822",
        authenticated=True,
        name="Test",
        surname="User",
        contacts=(ParticipantContact(email="testuser@liveperson.com", phone="+1-10-344-3765333"),),
        customer_id="57ac-072a-5d10-4506-721f-9ebf",
        customer_status="cancelled",
        customer_type="vip",
        balance=-400.99,
        registered=Day(year=2013, month=5, day=23),
        last_payment=Day(year=2014, month=10, day=15),
        social_id="11256324780",
        imei="3543546543545688",
        user_name="testuser",
        account_name="bank corp",
        role="broker",
        company_size=500,
    )
