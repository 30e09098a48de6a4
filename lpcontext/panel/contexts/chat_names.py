"""What those in a chat are called, and what of their words the viewer may read."""

from __future__ import annotations

from lpcontext.chats import mask_chat_line
from lpcontext.panel.veil import Veil

_NOBODYS_NAMES = frozenset({"visitor", "you", "agent", "info", "system"})
"""What LivePerson prints where it knows no name (contract 7.9, 7.10)."""


def find_name(told: str | None) -> str | None:
    """A name that is somebody's own."""
    return None if told is None or told.lower() in _NOBODYS_NAMES else told


def cover(text: str, veil: Veil) -> str:
    """Free text of a chat: people type any number into it, so that more is masked than in what a page reports."""
    return veil.text(mask_chat_line(text)) if veil.masked else text
