"""Answers for tests: the documented ones from tests/payloads, their twins in the other spellings, and small ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

from lpcontext.chats import (
    Chat,
    ChatEvent,
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

PAYLOADS = Path(__file__).parent.parent / "payloads"

Json = dict[str, Any]
Verb = Callable[[object], Any]

VERBS: dict[str, Verb] = {
    "agent-info-doc.json": parse_agent_info,
    "agent-info-doc.xml": parse_agent_info,
    "agent-session-created-201-doc.json": parse_location,
    "agent-session-resources-data-true-doc.json": parse_agent_session,
    "agent-session-resources-data-true-doc.xml": parse_agent_session,
    "agent-session-resources-doc.json": parse_agent_session,
    "agent-session-resources-doc.xml": parse_agent_session,
    "agent-survey-doc.xml": parse_survey,
    "agent-survey-submit-request-doc.xml": parse_survey_answers,
    "agent-typing-doc.json": parse_typing,
    "agent-typing-doc.xml": parse_typing,
    "availability-doc.json": parse_availability,
    "availability-doc.xml": parse_availability,
    "availability-set-request-doc.json": parse_availability,
    "available-agents-doc.json": parse_available_agents,
    "available-agents-doc.xml": parse_available_agents,
    "available-agents-mixed-shapes-doc.json": parse_available_agents,
    "available-slots-doc.json": parse_available_slots,
    "available-slots-doc.xml": parse_available_slots,
    "chat-add-line-201-doc.json": parse_location,
    "chat-add-line-private-request-doc.json": parse_chat_events,
    "chat-add-line-request-doc.json": parse_chat_events,
    "chat-end-201-doc.json": parse_location,
    "chat-end-request-doc.json": parse_chat_events,
    "chat-events-doc.json": parse_chat_events,
    "chat-events-doc.xml": parse_chat_events,
    "chat-info-doc.json": parse_chat_info,
    "chat-info-doc.xml": parse_chat_info,
    "chat-resources-doc.json": parse_chat,
    "chat-resources-doc.xml": parse_chat,
    "chat-sessions-doc.json": parse_chat_sessions,
    "chat-sessions-doc.xml": parse_chat_sessions,
    "chats-multi-doc.json": parse_chats,
    "chats-multi-doc.xml": parse_chats,
    "participant-extended-info-doc.json": parse_participant,
    "serverchat-events-doc.json": parse_chat_events,
    "serverchat-exit-survey-doc.json": parse_survey,
    "serverchat-info-doc.json": parse_chat_info,
    "serverchat-prechat-survey-doc.json": parse_survey,
    "survey-answers-submit-doc.json": parse_survey_answers,
    "transfer-skills-doc.json": parse_transfer_skills,
    "transfer-skills-doc.xml": parse_transfer_skills,
    "visitor-name-doc.xml": parse_visitor_name,
    "visitor-typing-doc.json": parse_typing,
    "visitor-typing-doc.xml": parse_typing,
}
"""Every documented body of these resources, and what reads it."""

JSON_BODIES = sorted(name for name in VERBS if name.endswith(".json"))


def load(name: str) -> Json | bytes:
    """The documented body of this name: decoded JSON, or XML as it came."""
    body = (PAYLOADS / name).read_bytes()
    return json.loads(body) if name.endswith(".json") else body


def parse_documented(name: str) -> Any:
    """What the documented body of this name tells, of which nothing was dropped."""
    return parse_whole(VERBS[name], load(name))


def parse_whole(verb: Verb, told: object) -> Any:
    """What an answer tells, of which nothing was dropped."""
    parsed = verb(told)
    assert parsed.drift == ()
    return parsed.response if verb is parse_chat else parsed.value


def chat_of(**fields: object) -> Chat:
    """The state of a chat told by just these fields, from which nothing was dropped."""
    chat: Chat = parse_whole(parse_chat_info, {"info": fields})
    return chat


def event_of(**fields: object) -> ChatEvent:
    """The one event told by just these fields, from which nothing was dropped."""
    (event,) = parse_whole(parse_chat_events, {"events": {"event": fields}}).events
    assert isinstance(event, ChatEvent)
    return event


def line(id_: int | None, text: str = "hello", **fields: Any) -> ChatEvent:
    """A line as it is once parsed."""
    return ChatEvent(kind="line", id=id_, text=text, source="agent", **fields)


def without_at(value: Any) -> Any:
    """The same answer in the other spelling, `href` for `@href`."""
    if isinstance(value, dict):
        return {name.removeprefix("@"): without_at(inner) for name, inner in value.items()}
    return [without_at(inner) for inner in value] if isinstance(value, list) else value


def collapsed(value: Any) -> Any:
    """The same answer with each list of one as its only item."""
    if isinstance(value, dict):
        return {name: collapsed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return collapsed(value[0]) if len(value) == 1 else [collapsed(inner) for inner in value]
    return value


def numbers_as_texts(value: Any) -> Any:
    """The same answer with every number and flag as text."""
    if isinstance(value, dict):
        return {name: numbers_as_texts(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [numbers_as_texts(inner) for inner in value]
    return json.dumps(value) if isinstance(value, bool | int | float) else value


def as_xml(told: Json) -> str:
    """The same answer in XML, as LivePerson writes it: `@` fields as attributes, a list as repeated elements."""
    return "".join(_elements(name, value) for name, value in told.items())


def _elements(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_elements(name, item) for item in value)
    if value is None:
        return ""
    if not isinstance(value, dict):
        return f"<{name}>{escape(value if isinstance(value, str) else json.dumps(value))}</{name}>"
    attributes = "".join(f" {key[1:]}={quoteattr(str(inner))}" for key, inner in value.items() if key.startswith("@"))
    children = "".join(_elements(key, inner) for key, inner in value.items() if not key.startswith("@"))
    return f"<{name}{attributes}>{children}</{name}>"


def differing(one: Any, other: Any, path: str = "") -> set[str]:
    """The fields in which two models differ."""
    if one == other:
        return set()
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        pairs = zip(one, other, strict=True)
        return set().union(*(differing(left, right, f"{path}[]") for left, right in pairs))
    if isinstance(one, msgspec.Struct) and isinstance(other, msgspec.Struct):
        names = one.__struct_fields__
        return set().union(
            *(differing(getattr(one, name), getattr(other, name), f"{path}.{name}".lstrip(".")) for name in names)
        )
    return {path}
