"""JSON and XML, `@href` and `href`, one or several: whatever the spelling, it says the same."""

from __future__ import annotations

import pytest

from tests.chats.responses import (
    JSON_BODIES,
    VERBS,
    as_xml,
    collapsed,
    differing,
    load,
    numbers_as_texts,
    parse_documented,
    parse_whole,
    without_at,
)

PAIRS = {
    "available-agents": {""},
    "available-slots": {""},
    "chat-events": {"events", "next_from"},
    "chat-info": {
        "agent_id",
        "agent_name",
        "campaign_id",
        "chat_id",
        "context_id",
        "duration",
        "engagement_id",
        "engine_visitor_id",
        "language",
        "last_update_ms",
        "rt_session_id",
        "session_id",
        "started_at_ms",
        "visitor_id",
        "visitor_typing",
    },
    "chat-resources": {
        "chat.agent_id",
        "chat.agent_name",
        "chat.campaign_id",
        "chat.chat_id",
        "chat.context_id",
        "chat.duration",
        "chat.engagement_id",
        "chat.engine_visitor_id",
        "chat.language",
        "chat.last_update_ms",
        "chat.rt_session_id",
        "chat.session_id",
        "chat.started_at_ms",
        "chat.visitor_id",
        "chat.visitor_typing",
        "transcript.events[].at_ms",
        "transcript.events[].text",
    },
    "chats-multi": {"[].chat.last_update_ms", "[].transcript.next_from"},
}
"""Documented pairs, and the fields in which the documents contradict each other."""


TWO_ROOTS = {"participant-extended-info-doc.json"}
"""What XML could not say in one document."""


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_a_documented_pair_differs_only_where_the_documents_do(name: str) -> None:
    in_json = parse_documented(f"{name}-doc.json")

    assert differing(in_json, parse_documented(f"{name}-doc.xml")) == PAIRS[name]


def test_every_documented_pair_is_compared() -> None:
    stems = [name.rsplit("-doc.", 1)[0] for name in VERBS]

    assert {stem for stem in stems if stems.count(stem) == 2} == set(PAIRS)


@pytest.mark.parametrize("name", [name for name in JSON_BODIES if name not in TWO_ROOTS])
def test_a_documented_body_in_xml_tells_the_same(name: str) -> None:
    body = load(name)
    assert isinstance(body, dict)

    assert parse_whole(VERBS[name], as_xml(body)) == parse_documented(name)
    assert parse_whole(VERBS[name], as_xml(body).encode()) == parse_documented(name)


@pytest.mark.parametrize("name", JSON_BODIES)
def test_a_documented_body_without_any_at_sign_tells_the_same(name: str) -> None:
    assert parse_whole(VERBS[name], without_at(load(name))) == parse_documented(name)


@pytest.mark.parametrize("name", JSON_BODIES)
def test_a_documented_body_with_lists_of_one_collapsed_tells_the_same(name: str) -> None:
    assert parse_whole(VERBS[name], collapsed(load(name))) == parse_documented(name)


@pytest.mark.parametrize("name", JSON_BODIES)
def test_a_documented_body_with_all_numbers_as_texts_tells_the_same(name: str) -> None:
    assert parse_whole(VERBS[name], numbers_as_texts(load(name))) == parse_documented(name)


@pytest.mark.parametrize(
    "name",
    [
        "available-agents-doc.json",
        "chat-resources-doc.json",
        "chats-multi-doc.json",
        "serverchat-prechat-survey-doc.json",
    ],
)
def test_a_documented_body_without_its_outer_name_tells_the_same(name: str) -> None:
    body = load(name)
    assert isinstance(body, dict)
    (inner,) = body.values()

    assert parse_whole(VERBS[name], inner) == parse_documented(name)
