"""One thing that happened in a chat: a bubble for what somebody said, a quiet line for everything else."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.utils.safestring import SafeString

from lpcontext.chats import ChatEvent, format_chat_state, format_source, format_system_message
from lpcontext.panel.contexts.chat_html import tell_html, tell_plain
from lpcontext.panel.contexts.chat_names import cover, find_name
from lpcontext.panel.moments import tell_clock
from lpcontext.panel.money import count_of
from lpcontext.panel.veil import Veil

_UNSHOWABLE = "Something that cannot be shown here"
_KINDS = {"transfer": "Handed over", "url": "A page was sent", "resource": "A file or picture was sent"}
_MOST_FIELDS = 6


class Bubble(msgspec.Struct, frozen=True):
    """`side` is visitor, agent or other. `by` is only heard where the bubble above has the same sender and minute."""

    template: ClassVar = "panel/_chat_bubble.html"

    id: str
    side: str
    by: str
    by_class: str
    private: bool
    when: SafeString
    words: str
    cut: str

    @classmethod
    def of(cls, event: ChatEvent, row_id: str, visitor_name: str | None, *, joined: bool, veil: Veil) -> Bubble:
        side = event.source if event.source in ("visitor", "agent") else "other"
        return cls(
            id=row_id,
            side=f"{side} private" if event.only_to_agents else side,
            by=cover(_find_speaker(event, visitor_name), veil),
            by_class="by unseen" if joined else "by",
            private=event.only_to_agents,
            when=tell_clock(event.at_ms),
            words=_tell_words(event, veil) or _UNSHOWABLE,
            cut=_tell_cut(event),
        )


class Mark(msgspec.Struct, frozen=True):
    """What happened in our words, and `quote`: in LivePerson's."""

    template: ClassVar = "panel/_chat_mark.html"

    id: str
    what: str
    quote: str
    private: bool
    when: SafeString
    cut: str

    @classmethod
    def of(cls, event: ChatEvent, row_id: str, veil: Veil) -> Mark:
        what, quote = _tell_mark(event)
        if event.text_type == "html":
            quote = tell_plain(quote)
        quote = cover(quote, veil)
        return cls(
            id=row_id,
            what=cover(what, veil) or quote or _UNSHOWABLE,
            quote=quote if what else "",
            private=event.only_to_agents,
            when=tell_clock(event.at_ms),
            cut=_tell_cut(event),
        )


def tell_event(event: ChatEvent, row_id: str, visitor_name: str | None, joined: bool, veil: Veil) -> Bubble | Mark:
    """`joined`: the bubble above is by the same sender, in the same minute."""
    if is_spoken(event):
        return Bubble.of(event, row_id, visitor_name, joined=joined, veil=veil)
    return Mark.of(event, row_id, veil)


def is_spoken(event: ChatEvent) -> bool:
    """Did somebody say this, rather than the system?"""
    return event.kind == "line" and event.source != "system"


def _find_speaker(event: ChatEvent, visitor_name: str | None) -> str:
    known = visitor_name if event.source == "visitor" else None
    return find_name(event.by) or known or format_source(event.source) or "Somebody"


def _tell_words(event: ChatEvent, veil: Veil) -> str:
    text = event.text or ""
    if event.text_type != "html":
        return cover(text, veil)
    return cover(tell_plain(text), veil) if veil.masked else tell_html(text)


def _tell_mark(event: ChatEvent) -> tuple[str, str]:
    match event.kind:
        case "line":
            known = event.system_message_id is not None
            return (format_system_message(event.system_message_id) or "" if known else ""), event.text or ""
        case "state":
            return format_chat_state(event.state) or "State not told", ""
        case kind:
            told = [event.skill] if event.skill else []
            told += [f"{name} {value}" for name, value in event.fields[:_MOST_FIELDS] if name != "skill"]
            return _KINDS.get(kind, kind), ", ".join(told)


def _tell_cut(event: ChatEvent) -> str:
    return f"{count_of(event.hidden_characters, 'more character')} not shown" if event.hidden_characters else ""
