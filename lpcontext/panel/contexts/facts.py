"""Named values in two columns: the shape of everything that is looked up rather than read."""

from __future__ import annotations

from dataclasses import dataclass

_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Fact:
    """`value` is text, or HTML when it is a SafeString."""

    name: str
    value: str


def facts_of(*pairs: tuple[str, str | None]) -> tuple[Fact, ...]:
    """The pairs that have a value."""
    return tuple(Fact(name, value) for name, value in pairs if value)


def join_words(*words: str | None, by: str = " · ") -> str | None:
    """The words that are there, in a row; None when none is."""
    return by.join(word for word in words if word) or None


def shorten(text: str) -> str:
    """A text as it is quoted in a sentence; in full it stands elsewhere on the panel."""
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"
