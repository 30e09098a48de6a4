"""Shapes the documents contradict each other about, or that somebody will send one day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lpcontext.chats import (
    Availability,
    Chat,
    ChatEvent,
    Link,
    NextPage,
    Participant,
    Skill,
    Transcript,
    UnreadableChat,
    find_last_segment,
    find_link,
    find_next_page,
    parse_agent_info,
    parse_agent_session,
    parse_availability,
    parse_available_agents,
    parse_available_slots,
    parse_chat,
    parse_chat_events,
    parse_chat_info,
    parse_chat_sessions,
    parse_chats,
    parse_location,
    parse_participant,
    parse_survey,
    parse_survey_answers,
    parse_transfer_skills,
    parse_typing,
    parse_visitor_name,
)
from tests.chats.answers import chat_of, event_of, parse_whole

EVERY_VERB = [
    parse_agent_info,
    parse_agent_session,
    parse_availability,
    parse_available_agents,
    parse_available_slots,
    parse_chat,
    parse_chat_events,
    parse_chat_info,
    parse_chat_sessions,
    parse_chats,
    parse_location,
    parse_participant,
    parse_survey,
    parse_survey_answers,
    parse_transfer_skills,
    parse_typing,
    parse_visitor_name,
]


@pytest.mark.parametrize("verb", EVERY_VERB)
@pytest.mark.parametrize("told", [None, 7, True, [], [{"chat": {}}], {}, {"time": 1, "internalCode": 12}])
def test_an_answer_that_is_something_else_is_unreadable(verb: Callable[[object], object], told: object) -> None:
    with pytest.raises(UnreadableChat):
        verb(told)


@pytest.mark.parametrize("told", ["secret", 7, ["secret"], True])
def test_what_is_unreadable_is_not_repeated_in_the_error(told: object) -> None:
    with pytest.raises(UnreadableChat) as caught:
        parse_chat({"chat": told})

    assert str(caught.value) == "chat is not an object"


@pytest.mark.parametrize("nothing", [None, "", {}, [], {"message": "x"}, {"link": None}])
def test_a_chat_that_tells_nothing_of_itself_is_unreadable(nothing: object) -> None:
    with pytest.raises(UnreadableChat, match="neither info nor events"):
        parse_chat({"chat": nothing})


@pytest.mark.parametrize("nothing", [None, "", {}, [], {"agentName": "an agent's info, not a chat's"}])
def test_a_chat_info_that_tells_nothing_of_a_chat_is_unreadable(nothing: object) -> None:
    with pytest.raises(UnreadableChat, match="tells nothing of a chat"):
        parse_chat_info({"info": nothing})


@pytest.mark.parametrize("nothing", [None, "", "\n  ", {}, []])
def test_no_events_at_all_are_an_empty_transcript(nothing: object) -> None:
    assert parse_whole(parse_chat_events, {"events": nothing}) == Transcript()


@pytest.mark.parametrize("nothing", [None, "", {}])
def test_no_events_within_a_chat_are_an_empty_transcript(nothing: object) -> None:
    answer = parse_whole(parse_chat, {"chat": {"events": nothing, "info": {"state": "waiting"}}})

    assert (answer.transcript, answer.chat) == (Transcript(), Chat(state="waiting"))


def test_a_list_of_events_that_is_missing_or_empty_still_has_its_next_page() -> None:
    link = {"@rel": "next", "@href": "https://lp.example/events?from=9"}

    assert parse_whole(parse_chat_events, {"events": {"link": link}}) == Transcript(next_from=9)
    assert parse_whole(parse_chat_events, {"events": {"link": [link], "event": []}}) == Transcript(next_from=9)


def test_an_xml_element_without_anything_in_it_is_an_empty_transcript() -> None:
    assert parse_whole(parse_chat_events, "<events/>") == Transcript()
    assert parse_whole(parse_chat_events, "<events>\n</events>") == Transcript()


@pytest.mark.parametrize("nothing", [None, "", {}])
def test_no_chats_agents_or_sessions_are_an_empty_list(nothing: object) -> None:
    assert parse_whole(parse_chats, {"chats": nothing}) == ()
    assert parse_whole(parse_chat_sessions, {"chatSessions": nothing}) == ()
    assert parse_whole(parse_available_agents, {"availableAgents": nothing}).agents == ()
    assert parse_whole(parse_transfer_skills, {"transfer": nothing}) == ()


def test_several_chats_keep_their_order() -> None:
    told = {"chats": {"chat": [{"info": {"chatSessionKey": f"H{n}-1K1"}} for n in range(3)]}}

    assert [answer.chat.chat_id for answer in parse_whole(parse_chats, told)] == ["H0-1K1", "H1-1K1", "H2-1K1"]


def test_one_chat_of_several_that_is_no_object_is_dropped_alone() -> None:
    parsed = parse_chats({"chats": {"chat": [{"info": {"state": "ended"}}, 7]}})

    assert [answer.chat.state for answer in parsed.value] == ["ended"]
    assert parsed.drift == ("chats.chat[]",)


def test_a_chat_that_is_named_by_nothing_has_no_id() -> None:
    link = {"rel": "self", "href": "https://lp.example/agentSession/1/chat/waiting"}

    assert parse_whole(parse_chat, {"chat": {"link": link, "info": {"state": "waiting"}}}).chat.chat_id is None


def test_a_next_link_of_the_chat_counts_where_the_events_have_none() -> None:
    link = {"rel": "next", "href": "https://lp.example/chat/1?from=12"}

    assert parse_whole(parse_chat, {"chat": {"link": link, "events": {}}}).transcript.next_from == 12


@pytest.mark.parametrize(
    ("href", "from_id"),
    [
        ("https://lp.example/events?from=4", 4),
        ("https://lp.example/events?v=1&NC=true&from=12", 12),
        ("https://lp.example/events?from=12&v=1", 12),
        ("https://lp.example/events?from=0", 0),
        ("https://lp.example/events", None),
        ("https://lp.example/events?from=", None),
        ("https://lp.example/events?from=four", None),
        ("https://lp.example/events?from=4x", None),
        ("https://lp.example/events?therefrom=4", None),
        ("https://lp.example/events?v=1#from=4", None),
        ("https://lp.example/events?from=-1", None),
        ("https://lp.example/events?from=" + "9" * 30, None),
    ],
)
def test_the_next_page_is_told_with_its_address_as_it_came(href: str, from_id: int | None) -> None:
    links = (Link(rel="self", href="https://lp.example"), Link(rel="next", href=href))

    assert find_next_page(links) == NextPage(href=href, from_id=from_id)


def test_without_a_next_link_there_is_no_next_page() -> None:
    assert find_next_page((Link(rel="self", href="https://lp.example"),)) is None
    assert find_link((), "self") is None


@pytest.mark.parametrize(
    ("href", "segment"),
    [
        ("https://lp.example/agentSession/1027882276", "1027882276"),
        ("https://lp.example/agentSession/1027882276/", "1027882276"),
        ("https://lp.example/agentSession/1027882276?v=1", "1027882276"),
        ("/agentSession/5", "5"),
        ("https://lp.example", None),
        ("https://[", None),
    ],
)
def test_the_last_part_of_an_address_is_an_id(href: str, segment: str | None) -> None:
    assert find_last_segment(href) == segment


def test_a_link_without_kind_or_address_is_passed_over() -> None:
    told = {"agentSessionId": {"link": [{"rel": "self"}, {"href": "x"}, {"rel": "info", "href": "y"}]}}

    assert parse_whole(parse_agent_session, told).links == (Link(rel="info", href="y"),)


def test_what_was_made_without_a_location_is_unreadable() -> None:
    with pytest.raises(UnreadableChat, match="no location"):
        parse_location({"chatLocation": {"link": {"rel": "self", "href": "x"}}})


def test_a_plain_name_wins_over_its_twin_with_an_at_sign() -> None:
    assert event_of(**{"@type": "state", "type": "line", "@id": "1", "id": 2}) == ChatEvent(kind="line", id=2)


@pytest.mark.parametrize("state", ["waiting", "Waiting", " WAITING "])
def test_a_state_is_told_in_lower_case(state: str) -> None:
    assert chat_of(state=state).state == "waiting"


def test_a_state_nobody_documented_is_kept() -> None:
    assert chat_of(state="hibernating").state == "hibernating"


def test_typing_that_is_not_told_or_not_known_is_unknown() -> None:
    chat = chat_of(state="chatting", agentTyping="unknown")

    assert (chat.visitor_typing, chat.agent_typing) == ("unknown", "unknown")


def test_a_typing_word_nobody_documented_is_dropped_and_noted() -> None:
    parsed = parse_chat_info({"info": {"state": "chatting", "visitorTyping": "dancing"}})

    assert (parsed.value.visitor_typing, parsed.drift) == ("unknown", ("info.visitorTyping",))


@pytest.mark.parametrize("typing", ["typing", "not-typing", "unknown"])
def test_each_typing_word_is_known(typing: str) -> None:
    assert parse_whole(parse_typing, {"visitorTyping": typing}) == typing


@pytest.mark.parametrize("skill_id", [-1, "-1"])
def test_minus_one_is_no_skill(skill_id: object) -> None:
    assert chat_of(state="chatting", skillId=skill_id).skill_id is None


def test_the_null_name_is_no_name() -> None:
    assert chat_of(state="chatting", skillName="*!@NULL*!@").skill_name is None


@pytest.mark.parametrize("slots", [-1, "-1"])
def test_slots_without_end_are_minus_one(slots: object) -> None:
    assert parse_whole(parse_available_slots, {"availableSlots": slots}) == -1


def test_slots_that_are_no_number_are_dropped_and_noted() -> None:
    parsed = parse_available_slots({"availableSlots": "many"})

    assert (parsed.value, parsed.drift) == (None, ("availableSlots",))


@pytest.mark.parametrize(
    ("code", "presence"),
    [("1", "Offline"), (2, "Online"), ("3", "Occupied"), (4, "Away"), ("5", "5"), ("Online", "Online")],
)
def test_an_agents_state_is_a_word_however_it_came(code: object, presence: str) -> None:
    told = {"availableAgents": {"agents": {"agent": {"@id": "1", "@chatState": code}}}}
    (agent,) = parse_whole(parse_available_agents, told).agents

    assert agent.availability == Availability(chat=presence)


@pytest.mark.parametrize(
    ("skills", "read"),
    [
        (["2", 4], (Skill(id="2"), Skill(id="4"))),
        ("2", (Skill(id="2"),)),
        (None, ()),
        ("", ()),
        ([], ()),
    ],
)
def test_skills_come_as_list_as_one_and_as_nothing(skills: object, read: tuple[Skill, ...]) -> None:
    for told in ({"skills": {"skill": skills}}, {"skills": {"skill": skills}, "skillsInfo": None}):
        agents = parse_whole(parse_available_agents, {"availableAgents": {"agents": {"agent": told}}}).agents
        assert agents[0].skills == read


def test_a_reason_for_being_away_is_told_beside_the_availability() -> None:
    agent = parse_whole(
        parse_agent_info, {"info": {"agentName": "Jo", "availability": {"chat": "Away"}, "chatReasonId": 7}}
    )

    assert agent.availability == Availability(chat="Away", reason_id="7")


def test_what_rings_is_spelled_in_two_ways() -> None:
    for name in ("incoming-requests", "incomingRequests"):
        told: dict[str, Any] = {"agentSessionId": {name: {"ringingCount": "3"}}}
        assert parse_whole(parse_agent_session, told).ringing_count == 3


def test_a_participant_without_personal_details_is_one() -> None:
    told = {"authenticatedParticipantInfo": {"isUserAuthenticated": True, "customerId": "c"}}

    assert parse_whole(parse_participant, told) == Participant(authenticated=True, customer_id="c")


def test_questions_are_told_in_their_order() -> None:
    told = {
        "survey": {"questions": {"question": [{"id": 1, "order": 2}, {"id": 2, "order": 0}, {"id": 3, "order": 1}]}}
    }

    assert [question.id for question in parse_whole(parse_survey, told).questions] == ["2", "3", "1"]


def test_several_answers_to_one_question_are_all_told() -> None:
    told = '<survey id="1"><question id="2"><answer>a</answer><answer>b</answer></question></survey>'

    assert parse_whole(parse_survey_answers, told).answers[0].texts == ("a", "b")
