"""Words in a row, and texts as they are quoted."""

from __future__ import annotations

_LONGEST_QUOTE = 80


def join_words(*words: str | None, by: str = " · ") -> str | None:
    """The words that are there, in a row; None when none is."""
    return by.join(word for word in words if word) or None


def shorten(text: str) -> str:
    """A text as it is quoted in a sentence; in full it stands elsewhere on the panel."""
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"
