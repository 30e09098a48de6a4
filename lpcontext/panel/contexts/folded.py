"""Parts that wait folded up: a title, a summary beside it, and named values inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lpcontext.panel.contexts.facts import Fact


@dataclass(frozen=True, slots=True)
class Fold:
    """`copied` are values worth copying, such as ids: each gets a button."""

    id: str
    title: str
    summary: str
    facts: tuple[Fact, ...] = ()
    copied: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Folded:
    """One section of one or more folds; None of a section without any."""

    template: ClassVar = "panel/_folded.html"

    section: str
    folds: tuple[Fold, ...]

    @classmethod
    def of(cls, section: str, *folds: Fold | None) -> Folded | None:
        found = tuple(fold for fold in folds if fold and (fold.facts or fold.copied))
        return cls(section, found) if found else None
