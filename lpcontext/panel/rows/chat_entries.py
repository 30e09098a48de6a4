"""The newest events of a transcript as HTML, oldest first: which of them are worth a row, and the id of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.safestring import SafeString

from lpcontext.chats import ChatEvent, Transcript
from lpcontext.masking import Masker
from lpcontext.panel.caching.render_cache import render_once
from lpcontext.panel.rows.chat_entry import is_spoken, render_chat_entry
from lpcontext.panel.templating import join_markup

MOST_CHARACTERS = 100_000
"""How much talk is shown at most: of lines as long as they can be, the newest twenty."""

_MINUTE_MS = 60_000


class ChatRow(NamedTuple):
    """`joined`: the row above is a bubble by the same sender, in the same minute."""

    event: ChatEvent
    id: str
    joined: bool


def find_chat_rows(transcript: Transcript) -> tuple[list[ChatRow], int]:
    """The rows, and how many older events are not among them."""
    events = transcript.events
    first = _find_first(events)
    return list(_list_rows(events, first)), transcript.hidden + first


def render_chat_rows(rows: Iterable[ChatRow], visitor_name: str | None, masker: Masker) -> SafeString:
    """Each is kept by itself, so that a new line costs only itself."""
    return join_markup(_render_row(row, visitor_name, masker) for row in rows)


def _render_row(row: ChatRow, visitor_name: str | None, masker: Masker) -> SafeString:
    def render() -> SafeString:
        return render_chat_entry(row.event, row.id, visitor_name, joined=row.joined, masker=masker)

    return render_once(masker.digest, "chat", row, visitor_name, render=render)


def _find_first(events: tuple[ChatEvent, ...]) -> int:
    """The first event that still fits; the newest always does."""
    left = MOST_CHARACTERS
    for place in range(len(events) - 1, -1, -1):
        left -= len(events[place].text or "")
        if left < 0 and place < len(events) - 1:
            return place + 1
    return 0


def _list_rows(events: tuple[ChatEvent, ...], first: int) -> Iterator[ChatRow]:
    """Rows are called by their event's id; an event without one by that of the event before it."""
    number: int | str = "start"
    rank = 0
    above: ChatEvent | None = None
    for place, event in enumerate(events):
        if event.id is None or event.id == number:
            rank += 1
        else:
            number, rank = event.id, 0
        if place < first or _says_nothing(event) or (event.kind == "state" and _is_announced(events, place)):
            continue
        yield ChatRow(event, f"line-{number}.{rank}" if rank else f"line-{number}", _is_joined(above, event))
        above = event


def _says_nothing(event: ChatEvent) -> bool:
    """LivePerson sends empty lines, too."""
    return event.kind == "line" and event.text is None and not event.hidden_characters and event.source != "system"


def _is_announced(events: tuple[ChatEvent, ...], place: int) -> bool:
    """A new state usually comes with a line of the system that says the same."""
    beside = events[max(0, place - 1) : place + 2]
    return any(event.source == "system" and event.system_message_id is not None for event in beside)


def _is_joined(above: ChatEvent | None, event: ChatEvent) -> bool:
    if above is None or not is_spoken(above) or not is_spoken(event):
        return False
    same = (above.source, above.by, above.only_to_agents) == (event.source, event.by, event.only_to_agents)
    return same and (above.at_ms or 0) // _MINUTE_MS == (event.at_ms or 0) // _MINUTE_MS
