"""Chats as a panel is given them, and what it draws of them."""

from __future__ import annotations

import re
from typing import Any

from lpcontext.chats import AvailableAgent, Chat, ChatEvent, Transcript
from lpcontext.chats.model import Availability, Skill
from lpcontext.panel.rendering import render_body
from lpcontext.snapshots import ChatSnapshot, VisitSnapshot
from lpcontext.subjects import State
from tests.panel.render_helpers import AT_MS, MINUTE_MS, documented_visit, text_of
from tests.support.viewers import viewer

CHAT = Chat(
    state="chatting",
    agent_name="Natalie",
    visitor_name="Maren",
    last_update_ms=AT_MS + MINUTE_MS,
    timeout_seconds=40,
    skill_id="7",
    skill_name="Billing",
    language="en-US",
)
ONLINE = AvailableAgent(availability=Availability(chat="Online"), skills=(Skill(id="7"),))


def said(number: int, text: str | None = "hi", **fields: Any) -> ChatEvent:
    """A line of the visitor, ten seconds after the one before."""
    defaults: dict[str, Any] = {"source": "visitor", "by": "visitor", "at_ms": AT_MS + number * 10_000}
    return ChatEvent(kind="line", id=number, text=text, **{**defaults, **fields})


def system(number: int, message: int | None, text: str | None = None) -> ChatEvent:
    return said(number, text, source="system", by="info", system_message_id=message)


def became(number: int, state: str) -> ChatEvent:
    return ChatEvent(kind="state", id=number, state=state, at_ms=AT_MS + number * 10_000)


def chat_of(*events: ChatEvent, chat: Chat | None = CHAT, state: State = State.LIVE, **fields: Any) -> ChatSnapshot:
    return ChatSnapshot(state=state, chat=chat, transcript=Transcript(events=events), **fields)


def visit_of(state: State = State.LIVE, **fields: Any) -> VisitSnapshot:
    return VisitSnapshot(state=state, first_seen_ms=AT_MS, version="visit", visit=documented_visit(), **fields)


def look(chat: ChatSnapshot, snapshot: VisitSnapshot | None = None, *, masked: bool = True) -> str:
    return render_body(snapshot, viewer=viewer(masked=masked), chat=chat, version="both")


def rows_of(body: str) -> list[str]:
    """Each row of the transcript as it is read."""
    return [text_of(row) for row in re.findall(r"<li id=\"line-.*?</li>", body, re.DOTALL)]
