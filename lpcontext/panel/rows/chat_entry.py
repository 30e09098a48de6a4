"""One thing that happened in a chat: a bubble for what somebody said, a quiet line for everything else."""

from __future__ import annotations

import msgspec
from django.utils.safestring import SafeString

from lpcontext.chats import ChatEvent, format_chat_state, format_source, format_system_message
from lpcontext.masking import Masker
from lpcontext.panel.rows.chat_html import format_html_line, format_plain_line
from lpcontext.panel.templating import render_template
from lpcontext.panel.wording.chat_names import find_name, mask_chat_text
from lpcontext.panel.wording.numbers import format_count
from lpcontext.panel.wording.time_tags import format_clock

_UNSHOWABLE = "Something that cannot be shown here"
_KINDS = {"transfer": "Handed over", "url": "A page was sent", "resource": "A file or picture was sent"}
_MOST_FIELDS = 6


class ChatBubble(msgspec.Struct, frozen=True):
    """`side` is visitor, agent or other. `by` is only heard where the bubble above has the same sender and minute."""

    id: str
    side: str
    by: str
    by_class: str
    private: bool
    when: SafeString
    words: str
    cut: str

    @classmethod
    def of(cls, event: ChatEvent, row_id: str, visitor_name: str | None, *, joined: bool, masker: Masker) -> ChatBubble:
        side = event.source if event.source in ("visitor", "agent") else "other"
        return cls(
            id=row_id,
            side=f"{side} private" if event.only_to_agents else side,
            by=mask_chat_text(_find_speaker(event, visitor_name), masker),
            by_class="by unseen" if joined else "by",
            private=event.only_to_agents,
            when=format_clock(event.at_ms),
            words=_format_words(event, masker) or _UNSHOWABLE,
            cut=_describe_cut(event),
        )


class ChatNote(msgspec.Struct, frozen=True):
    """What happened in our words, and `quote`: in LivePerson's."""

    id: str
    what: str
    quote: str
    private: bool
    when: SafeString
    cut: str

    @classmethod
    def of(cls, event: ChatEvent, row_id: str, masker: Masker) -> ChatNote:
        what, quote = _describe_note(event)
        if event.text_type == "html":
            quote = format_plain_line(quote)
        quote = mask_chat_text(quote, masker)
        return cls(
            id=row_id,
            what=mask_chat_text(what, masker) or quote or _UNSHOWABLE,
            quote=quote if what else "",
            private=event.only_to_agents,
            when=format_clock(event.at_ms),
            cut=_describe_cut(event),
        )


def render_chat_entry(
    event: ChatEvent, row_id: str, visitor_name: str | None, *, joined: bool, masker: Masker
) -> SafeString:
    """`joined`: the bubble above is by the same sender, in the same minute."""
    if is_spoken(event):
        bubble = ChatBubble.of(event, row_id, visitor_name, joined=joined, masker=masker)
        return render_template("panel/_chat_bubble.html", part=bubble)
    return render_template("panel/_chat_note.html", part=ChatNote.of(event, row_id, masker))


def is_spoken(event: ChatEvent) -> bool:
    """Did somebody say this, rather than the system?"""
    return event.kind == "line" and event.source != "system"


def _find_speaker(event: ChatEvent, visitor_name: str | None) -> str:
    known = visitor_name if event.source == "visitor" else None
    return find_name(event.by) or known or format_source(event.source) or "Somebody"


def _format_words(event: ChatEvent, masker: Masker) -> str:
    text = event.text or ""
    if event.text_type != "html":
        return mask_chat_text(text, masker)
    return mask_chat_text(format_plain_line(text), masker) if masker.masked else format_html_line(text)


def _describe_note(event: ChatEvent) -> tuple[str, str]:
    match event.kind:
        case "line":
            known = event.system_message_id is not None
            return (format_system_message(event.system_message_id) or "" if known else ""), event.text or ""
        case "state":
            return format_chat_state(event.state) or "State not told", ""
        case kind:
            fields = [event.skill] if event.skill else []
            fields += [f"{name} {value}" for name, value in event.fields[:_MOST_FIELDS] if name != "skill"]
            return _KINDS.get(kind, kind), ", ".join(fields)


def _describe_cut(event: ChatEvent) -> str:
    return f"{format_count(event.hidden_characters, 'more character')} not shown" if event.hidden_characters else ""
