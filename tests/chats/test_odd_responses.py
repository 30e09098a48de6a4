"""Shapes the documents contradict each other about, or that somebody will send one day."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lpcontext.chats.model import Availability, Chat, ChatEvent, Participant, Skill, Transcript
from lpcontext.chats.parsing.chat import parse_chat, parse_chats
from lpcontext.chats.parsing.chat_extras import (
    parse_available_agents,
    parse_available_slots,
    parse_participant,
    parse_survey,
)
from lpcontext.chats.parsing.errors import UnreadableChat
from tests.chats.responses import chat_of, event_of, parse_whole, read_events, read_info

EVERY_VERB = [
    parse_available_agents,
    parse_available_slots,
    parse_chat,
    parse_chats,
    parse_participant,
    parse_survey,
]


@pytest.mark.parametrize("verb", EVERY_VERB)
@pytest.mark.parametrize("body", [None, 7, True, [], [{"chat": {}}], {}, {"time": 1, "internalCode": 12}])
def test_a_response_that_is_something_else_is_unreadable(verb: Callable[[object], object], body: object) -> None:
    with pytest.raises(UnreadableChat):
        verb(body)


@pytest.mark.parametrize("body", ["secret", 7, ["secret"], True])
def test_what_is_unreadable_is_not_repeated_in_the_error(body: object) -> None:
    with pytest.raises(UnreadableChat) as caught:
        parse_chat({"chat": body})

    assert str(caught.value) == "chat is not an object"


@pytest.mark.parametrize("nothing", [None, "", {}, [], {"message": "x"}, {"link": None}])
def test_a_chat_that_tells_nothing_of_itself_is_unreadable(nothing: object) -> None:
    with pytest.raises(UnreadableChat, match="neither info nor events"):
        parse_chat({"chat": nothing})


@pytest.mark.parametrize("nothing", [None, "", "\n  ", {}])
def test_no_events_within_a_chat_are_an_empty_transcript(nothing: object) -> None:
    response = parse_whole(parse_chat, {"chat": {"events": nothing, "info": {"state": "waiting"}}})

    assert (response.transcript, response.chat) == (Transcript(), Chat(state="waiting"))


def test_a_list_of_events_that_is_missing_or_empty_still_has_its_next_page() -> None:
    link = {"@rel": "next", "@href": "https://lp.example/events?from=9"}

    assert parse_whole(read_events, {"events": {"link": link}}) == Transcript(next_from=9)
    assert parse_whole(read_events, {"events": {"link": [link], "event": []}}) == Transcript(next_from=9)


def test_an_xml_element_without_anything_in_it_is_an_empty_transcript() -> None:
    assert parse_whole(read_events, "<events/>") == Transcript()
    assert parse_whole(read_events, "<events>\n</events>") == Transcript()


@pytest.mark.parametrize("nothing", [None, "", {}])
def test_no_chats_and_no_agents_are_an_empty_list(nothing: object) -> None:
    assert parse_whole(parse_chats, {"chats": nothing}) == ()
    assert parse_whole(parse_available_agents, {"availableAgents": nothing}) == ()


def test_several_chats_keep_their_order() -> None:
    body = {"chats": {"chat": [{"info": {"chatSessionKey": f"H{n}-1K1"}} for n in range(3)]}}

    assert [response.chat.chat_id for response in parse_whole(parse_chats, body)] == ["H0-1K1", "H1-1K1", "H2-1K1"]


def test_one_chat_of_several_that_is_no_object_is_dropped_alone() -> None:
    parsed = parse_chats({"chats": {"chat": [{"info": {"state": "ended"}}, 7]}})

    assert [response.chat.state for response in parsed.value] == ["ended"]
    assert parsed.drift == ("chats.chat[]",)


def test_a_next_link_of_the_chat_counts_where_the_events_have_none() -> None:
    link = {"rel": "next", "href": "https://lp.example/chat/1?from=12"}

    assert parse_whole(parse_chat, {"chat": {"link": link, "events": {}}}).transcript.next_from == 12


def test_a_plain_name_wins_over_its_twin_with_an_at_sign() -> None:
    assert event_of(**{"@type": "state", "type": "line", "@id": "1", "id": 2}) == ChatEvent(kind="line", id=2)


@pytest.mark.parametrize("state", ["waiting", "Waiting", " WAITING "])
def test_a_state_is_read_in_lower_case(state: str) -> None:
    assert chat_of(state=state).state == "waiting"


def test_a_state_nobody_documented_is_kept() -> None:
    assert chat_of(state="hibernating").state == "hibernating"


def test_typing_that_is_missing_or_not_known_is_unknown() -> None:
    chat = chat_of(state="chatting", agentTyping="unknown")

    assert (chat.visitor_typing, chat.agent_typing) == ("unknown", "unknown")


def test_a_typing_word_nobody_documented_is_dropped_and_noted() -> None:
    parsed = read_info({"info": {"state": "chatting", "visitorTyping": "dancing"}})

    assert (parsed.value.visitor_typing, parsed.drift) == ("unknown", ("info.visitorTyping",))


@pytest.mark.parametrize("typing", ["typing", "not-typing", "unknown"])
def test_each_typing_word_is_known(typing: str) -> None:
    chat = chat_of(visitorTyping=typing, agentTyping=typing)

    assert (chat.visitor_typing, chat.agent_typing) == (typing, typing)


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
    body = {"availableAgents": {"agents": {"agent": {"@id": "1", "@chatState": code}}}}
    (agent,) = parse_whole(parse_available_agents, body)

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
    for body in ({"skills": {"skill": skills}}, {"skills": {"skill": skills}, "skillsInfo": None}):
        agents = parse_whole(parse_available_agents, {"availableAgents": {"agents": {"agent": body}}})
        assert agents[0].skills == read


def test_a_participant_without_personal_details_is_one() -> None:
    body = {"authenticatedParticipantInfo": {"isUserAuthenticated": True, "customerId": "c"}}

    assert parse_whole(parse_participant, body) == Participant(authenticated=True, customer_id="c")


def test_questions_are_read_in_their_order() -> None:
    body = {
        "survey": {"questions": {"question": [{"id": 1, "order": 2}, {"id": 2, "order": 0}, {"id": 3, "order": 1}]}}
    }

    assert [question.id for question in parse_whole(parse_survey, body).questions] == ["2", "3", "1"]
