"""What waits behind a click: a title, a summary beside it, and named values inside."""

from __future__ import annotations

from dataclasses import dataclass

from lpcontext.panel.wording.facts import Fact


@dataclass(frozen=True, slots=True)
class Disclosure:
    """`copied` are values worth copying, such as ids: each gets a button."""

    id: str
    title: str
    summary: str
    facts: tuple[Fact, ...] = ()
    copied: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Disclosures:
    """All that a part consists of."""

    disclosures: tuple[Disclosure, ...]

    @classmethod
    def of(cls, *disclosures: Disclosure) -> Disclosures | None:
        """Those that hold something; None where none does."""
        found = tuple(one for one in disclosures if one.facts or one.copied)
        return cls(found) if found else None
