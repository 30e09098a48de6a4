"""A chat: its state, and what happened in it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from lpcontext.chats.model.value import ChatValue

Typing: TypeAlias = Literal["typing", "not-typing", "unknown"]


class Chat(ChatValue, frozen=True):
    """The state of one chat (contract 7.9).

    `visitor_id` and `session_id` are the monitoring ids (vid, sid) that lead to the visit; they are absent for a chat
    without monitoring. `engine_visitor_id` is the chat engine's own number, of no use elsewhere. `duration` comes
    without a unit.
    """

    chat_id: str | None = None
    state: str | None = None
    agent_name: str | None = None
    agent_id: str | None = None
    started_at_ms: int | None = None
    last_update_ms: int | None = None
    timeout_seconds: int | None = None
    duration: float | None = None
    visitor_typing: Typing = "unknown"
    agent_typing: Typing = "unknown"
    visitor_name: str | None = None
    visitor_id: str | None = None
    session_id: str | None = None
    context_id: str | None = None
    engagement_id: str | None = None
    campaign_id: str | None = None
    language: str | None = None
    skill_id: str | None = None
    skill_name: str | None = None
    rt_session_id: str | None = None
    engine_visitor_id: str | None = None
    participant_id: str | None = None


class ChatEvent(ChatValue, frozen=True):
    """One thing that happened in a chat (contract 7.10).

    `kind` is line, state, url, resource or transfer; any other stays as LivePerson calls it. `fields` are the plain
    fields of kinds whose fields nobody documents. `source` is system, agent or visitor; `by` is a nickname or "info".
    `text_type` html is HTML as it came: to be sanitised by whoever shows it. `text` is None where LivePerson sent an
    empty one, and `hidden_characters` says how much of a long one was left out.
    """

    kind: str
    id: int | None = None
    at_ms: int | None = None
    state: str | None = None
    text: str | None = None
    text_type: str = "plain"
    hidden_characters: int = 0
    source: str | None = None
    by: str | None = None
    system_message_id: int | None = None
    only_to_agents: bool = False
    skill: str | None = None
    fields: tuple[tuple[str, str], ...] = ()


class Transcript(ChatValue, frozen=True):
    """What happened in a chat, oldest first, or the part of it that one response holds.

    `next_from` is the id of the first event not yet known. `hidden` counts older events that are no longer kept, up to
    and with the id `hidden_through`; `hidden_state` is the newest of them with the chat's state.
    """

    events: tuple[ChatEvent, ...] = ()
    next_from: int | None = None
    hidden: int = 0
    hidden_through: int | None = None
    hidden_state: ChatEvent | None = None


class ChatResponse(ChatValue, frozen=True):
    """One chat in full: its state, and what happened."""

    chat: Chat
    transcript: Transcript = Transcript()
