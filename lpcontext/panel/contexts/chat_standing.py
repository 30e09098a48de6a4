"""How a chat stands, who is typing, when it runs out, who could take it: the lines around the transcript."""

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
from lpcontext.panel.contexts.chat_names import cover, find_name
from lpcontext.panel.contexts.facts import join_words, shorten
from lpcontext.panel.moments import tell_clock, tell_countdown, tell_span
from lpcontext.panel.money import count_of
from lpcontext.panel.veil import Veil
from lpcontext.snapshots import ChatSnapshot
from lpcontext.subjects import State

_NEVER = SafeString("")
_ENDINGS = {5: "ended by the agent", 6: "ended unexpectedly"}  # by the message before it (contract 7.10)


@dataclass(frozen=True, slots=True)
class ChatStanding:
    """Read as: {word} {when}. `times_out` is when it will end unless something happens in it."""

    word: str
    when: SafeString
    times_out: SafeString = _NEVER

    @classmethod
    def of(cls, told: ChatSnapshot) -> ChatStanding | None:
        """None where nothing of the chat is known."""
        if told.chat is None:
            return None
        standing = compute_chat_status(told.chat, told.transcript)
        if has_ended(told):
            since = told.ended_at_ms if standing.state != "ended" or standing.since_ms is None else standing.since_ms
            return cls(_tell_ending(told.transcript), tell_clock(since))
        word = standing.state or "state not told"
        if told.state != State.LIVE:
            return cls(f"{word}, as of" if told.as_of_ms else word, tell_clock(told.as_of_ms))
        return cls(word, tell_span(standing.since_ms), tell_countdown(standing.times_out_at_ms))


def has_ended(told: ChatSnapshot) -> bool:
    return told.state == State.ENDED or (told.chat is not None and is_ended(told.chat))


def tell_typing(told: ChatSnapshot, veil: Veil) -> str:
    """Only while we hear of it."""
    chat = told.chat
    if chat is None or told.state != State.LIVE or has_ended(told):
        return ""
    typing = [
        name
        for name, state in (
            (find_name(chat.visitor_name) or "Visitor", chat.visitor_typing),
            (find_name(chat.agent_name) or "Agent", chat.agent_typing),
        )
        if state == "typing"
    ]
    names = " and ".join(shorten(cover(name, veil)) for name in typing)
    return f"{names} {'are' if len(typing) > 1 else 'is'} typing …" if typing else ""


def tell_staffing(told: ChatSnapshot) -> str | None:
    """ "2 agents online for Billing · 3 free slots"; nothing where nobody asked, or nobody needs one any more."""
    chat = told.chat or Chat()
    if has_ended(told) or (not told.agents and told.slots is None):
        return None
    online = find_online_agents(told.agents, skill_id=chat.skill_id, skill_name=chat.skill_name)
    count = count_of(len(online), "agent") if online else "No agent"
    skill = f" for {chat.skill_name}" if chat.skill_name else ""
    return join_words(f"{count} online{skill}", _tell_slots(told.slots))


def _tell_slots(slots: int | None) -> str | None:
    if slots is None:
        return None
    if slots == UNLIMITED:
        return "unlimited free slots"
    return count_of(slots, "free slot") if slots > 0 else "no free slot"


def _tell_ending(transcript: Transcript) -> str:
    for event in reversed(transcript.events):
        if event.source == "system" and event.system_message_id is not None:
            return _ENDINGS.get(event.system_message_id, "ended")
    return "ended"
