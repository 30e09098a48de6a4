"""Responses for tests: the documented ones from tests/payloads, their twins in the other spellings, and small ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

from lpcontext.chats.model import Chat, ChatEvent, Transcript
from lpcontext.chats.parsing.chat import parse_chat, parse_chats
from lpcontext.chats.parsing.chat_extras import (
    parse_available_agents,
    parse_available_slots,
    parse_participant,
    parse_survey,
)
from lpcontext.chats.parsing.spelling import Parsed

PAYLOADS = Path(__file__).parent.parent / "payloads"

Json = dict[str, Any]
Verb = Callable[[object], Parsed[Any]]


def read_info(body: object) -> Parsed[Chat]:
    """The state of the chat in a response that may have nothing else."""
    parsed = parse_chat(body)
    return Parsed(value=parsed.value.chat, drift=parsed.drift)


def read_events(body: object) -> Parsed[Transcript]:
    """The events of the chat in a response that may have nothing else."""
    parsed = parse_chat(body)
    return Parsed(value=parsed.value.transcript, drift=parsed.drift)


VERBS: dict[str, Verb] = {
    "agent-survey-doc.xml": parse_survey,
    "available-agents-doc.json": parse_available_agents,
    "available-agents-doc.xml": parse_available_agents,
    "available-agents-mixed-shapes-doc.json": parse_available_agents,
    "available-slots-doc.json": parse_available_slots,
    "available-slots-doc.xml": parse_available_slots,
    "chat-events-doc.json": read_events,
    "chat-events-doc.xml": read_events,
    "chat-info-doc.json": read_info,
    "chat-info-doc.xml": read_info,
    "chat-resources-doc.json": parse_chat,
    "chat-resources-doc.xml": parse_chat,
    "chats-multi-doc.json": parse_chats,
    "chats-multi-doc.xml": parse_chats,
    "participant-extended-info-doc.json": parse_participant,
    "serverchat-events-doc.json": read_events,
    "serverchat-exit-survey-doc.json": parse_survey,
    "serverchat-info-doc.json": read_info,
    "serverchat-prechat-survey-doc.json": parse_survey,
}
"""Every documented body we ask for, and what reads it."""

JSON_BODIES = sorted(name for name in VERBS if name.endswith(".json"))


def load(name: str) -> Json | bytes:
    """The documented body of this name: decoded JSON, or XML as it came."""
    body = (PAYLOADS / name).read_bytes()
    return json.loads(body) if name.endswith(".json") else body


def parse_documented(name: str) -> Any:
    """What the documented body of this name says, of which nothing was dropped."""
    return parse_whole(VERBS[name], load(name))


def parse_whole(verb: Verb, body: object) -> Any:
    """What a response says, of which nothing was dropped."""
    parsed = verb(body)
    assert parsed.drift == ()
    return parsed.value


def chat_of(**fields: object) -> Chat:
    """The state of a chat by just these fields, from which nothing was dropped."""
    chat: Chat = parse_whole(read_info, {"info": fields})
    return chat


def event_of(**fields: object) -> ChatEvent:
    """The one event with just these fields, from which nothing was dropped."""
    (event,) = parse_whole(read_events, {"events": {"event": fields}}).events
    assert isinstance(event, ChatEvent)
    return event


def line(id_: int | None, text: str = "hello", **fields: Any) -> ChatEvent:
    """A line as it is once parsed."""
    return ChatEvent(kind="line", id=id_, text=text, source="agent", **fields)


def without_at(value: Any) -> Any:
    """The same response in the other spelling, `href` for `@href`."""
    if isinstance(value, dict):
        return {name.removeprefix("@"): without_at(inner) for name, inner in value.items()}
    return [without_at(inner) for inner in value] if isinstance(value, list) else value


def collapsed(value: Any) -> Any:
    """The same response with each list of one as its only item."""
    if isinstance(value, dict):
        return {name: collapsed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return collapsed(value[0]) if len(value) == 1 else [collapsed(inner) for inner in value]
    return value


def numbers_as_texts(value: Any) -> Any:
    """The same response with every number and flag as text."""
    if isinstance(value, dict):
        return {name: numbers_as_texts(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [numbers_as_texts(inner) for inner in value]
    return json.dumps(value) if isinstance(value, bool | int | float) else value


def as_xml(body: Json) -> str:
    """The same response in XML, as LivePerson writes it: `@` fields as attributes, a list as repeated elements."""
    return "".join(_elements(name, value) for name, value in body.items())


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
