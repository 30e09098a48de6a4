"""Named values in two columns: the shape of everything that is looked up rather than read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str


def list_facts(*pairs: tuple[str, str | None]) -> tuple[Fact, ...]:
    """The pairs that have a value."""
    return tuple(Fact(name, value) for name, value in pairs if value)
