"""What those in a chat are called, and what of their words the viewer may read."""

from __future__ import annotations

from lpcontext.masking import Masker

_NOBODYS_NAMES = frozenset({"visitor", "you", "agent", "info", "system"})
"""What LivePerson prints where it knows no name (contract 7.9, 7.10)."""


def find_name(printed: str | None) -> str | None:
    """A name that is somebody's own."""
    return None if printed is None or printed.lower() in _NOBODYS_NAMES else printed


def mask_chat_text(text: str, masker: Masker) -> str:
    """Free text of a chat: people type any number into it, so that more is masked than in what a page reports."""
    return masker.said(text)
