"""A chat as HTML. Its rows are remembered one by one, so that a new line costs only itself."""

from __future__ import annotations

from django.utils.safestring import SafeString

from lpcontext.chats import ChatEvent
from lpcontext.panel.contexts.chat import ChatPart
from lpcontext.panel.contexts.chat_line import tell_event
from lpcontext.panel.contexts.chat_names import find_name
from lpcontext.panel.contexts.chat_no_visit import NoVisit
from lpcontext.panel.contexts.chat_rows import find_rows
from lpcontext.panel.drawing_cache import BoundedCache, digest_of
from lpcontext.panel.veil import Veil
from lpcontext.panel.weaving import draw_template, join_drawings
from lpcontext.snapshots import ChatSnapshot

MOST_BYTES = 16 * 1024 * 1024  # some 30 long chats, in either half


def draw_chat(told: ChatSnapshot, veil: Veil) -> SafeString:
    rows, hidden = find_rows(told.transcript)
    visitor_name = find_name(told.chat.visitor_name) if told.chat else None
    lines = join_drawings([draw_row(row.event, row.id, visitor_name, row.joined, veil) for row in rows])
    part = ChatPart.of(told, lines=lines, hidden=hidden, veil=veil)
    return draw_template(part.template, part=part)


def draw_no_visit(told: ChatSnapshot, veil: Veil) -> SafeString:
    part = NoVisit.of(told, veil)
    return draw_template(part.template, part=part)


def forget_rows() -> None:
    """As in a process that has drawn no chat yet."""
    _rows.forget()


def draw_row(event: ChatEvent, row_id: str, visitor_name: str | None, joined: bool, veil: Veil) -> SafeString:
    key = digest_of(veil.mark, event, row_id, visitor_name, joined)
    drawn = _rows.find(key)
    if drawn is None:
        part = tell_event(event, row_id, visitor_name, joined, veil)
        drawn = draw_template(part.template, part=part)
        _rows.keep(key, drawn)
    return drawn


_rows: BoundedCache[SafeString] = BoundedCache(most_bytes=MOST_BYTES)
