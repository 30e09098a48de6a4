"""The state of a chat, who is typing, when it runs out, who could take it: the lines around the transcript."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from lpcontext.chats import (
    UNLIMITED,
    Chat,
    Transcript,
    compute_chat_status,
    find_online_agents,
    is_ended,
)
from lpcontext.masking import Masker
from lpcontext.panel.wording.chat_names import find_name, mask_chat_text
from lpcontext.panel.wording.numbers import format_count
from lpcontext.panel.wording.phrases import join_words, shorten
from lpcontext.panel.wording.time_tags import format_clock, format_countdown, format_span
from lpcontext.snapshots import ChatSnapshot
from lpcontext.subjects import State

_NEVER = SafeString("")
_ENDINGS = {5: "ended by the agent", 6: "ended unexpectedly"}  # by the message before it (contract 7.10)


@dataclass(frozen=True, slots=True)
class ChatStatusText:
    """Read as: {word} {when}. `times_out` is when it will end unless something happens in it."""

    word: str
    when: SafeString
    times_out: SafeString = _NEVER

    @classmethod
    def of(cls, snapshot: ChatSnapshot) -> ChatStatusText | None:
        """None where nothing of the chat is known."""
        if snapshot.chat is None:
            return None
        status = compute_chat_status(snapshot.chat, snapshot.transcript)
        if has_ended(snapshot):
            since = snapshot.ended_at_ms if status.state != "ended" or status.since_ms is None else status.since_ms
            return cls(_describe_ending(snapshot.transcript), format_clock(since))
        word = status.state or "state not told"
        if snapshot.state != State.LIVE:
            return cls(f"{word}, as of" if snapshot.as_of_ms else word, format_clock(snapshot.as_of_ms))
        return cls(word, format_span(status.since_ms), format_countdown(status.times_out_at_ms))


def has_ended(snapshot: ChatSnapshot) -> bool:
    return snapshot.state == State.ENDED or (snapshot.chat is not None and is_ended(snapshot.chat))


def describe_typing(snapshot: ChatSnapshot, masker: Masker) -> str:
    """Only while we hear of it."""
    chat = snapshot.chat
    if chat is None or snapshot.state != State.LIVE or has_ended(snapshot):
        return ""
    typing = [
        name
        for name, state in (
            (find_name(chat.visitor_name) or "Visitor", chat.visitor_typing),
            (find_name(chat.agent_name) or "Agent", chat.agent_typing),
        )
        if state == "typing"
    ]
    names = " and ".join(shorten(mask_chat_text(name, masker)) for name in typing)
    return f"{names} {'are' if len(typing) > 1 else 'is'} typing …" if typing else ""


def describe_staffing(snapshot: ChatSnapshot) -> str | None:
    """ "2 agents online for Billing · 3 free slots"; nothing where nobody asked, or nobody needs one any more."""
    chat = snapshot.chat or Chat()
    if has_ended(snapshot) or (not snapshot.agents and snapshot.slots is None):
        return None
    online = find_online_agents(snapshot.agents, skill_id=chat.skill_id, skill_name=chat.skill_name)
    count = format_count(len(online), "agent") if online else "No agent"
    skill = f" for {chat.skill_name}" if chat.skill_name else ""
    return join_words(f"{count} online{skill}", _describe_slots(snapshot.slots))


def _describe_slots(slots: int | None) -> str | None:
    if slots is None:
        return None
    if slots == UNLIMITED:
        return "unlimited free slots"
    return format_count(slots, "free slot") if slots > 0 else "no free slot"


def _describe_ending(transcript: Transcript) -> str:
    for event in reversed(transcript.events):
        if event.source == "system" and event.system_message_id is not None:
            return _ENDINGS.get(event.system_message_id, "ended")
    return "ended"
