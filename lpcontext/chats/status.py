"""The status of a chat: its state, since when, and when it runs out."""

from __future__ import annotations

from dataclasses import dataclass

from lpcontext.chats.model import Chat, Transcript
from lpcontext.chats.transcript import find_newest_state


@dataclass(frozen=True, slots=True)
class ChatStatus:
    """`times_out_at_ms` is the moment the chat ends unless something happens in it before; None once it has ended."""

    state: str | None
    since_ms: int | None
    times_out_at_ms: int | None


def compute_chat_status(chat: Chat, transcript: Transcript) -> ChatStatus:
    """A chat's state by its info, else by the last event of kind state."""
    last = find_newest_state(transcript)
    state = chat.state or (last.state if last else None)
    since_ms = last.at_ms if last and last.state == state else None
    if since_ms is None and state == "waiting":
        since_ms = chat.started_at_ms
    return ChatStatus(state=state, since_ms=since_ms, times_out_at_ms=_compute_timeout(chat, state))


def is_ended(chat: Chat) -> bool:
    """Is there nothing more to come?"""
    return chat.state == "ended"


def _compute_timeout(chat: Chat, state: str | None) -> int | None:
    if state == "ended" or chat.last_update_ms is None or chat.timeout_seconds is None:
        return None
    return chat.last_update_ms + chat.timeout_seconds * 1000
