"""Is somebody there, and since when not?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Presence:
    """`since_ms` is when they went quiet, when the visit ended, or when we last knew (held)."""

    kind: Literal["here", "quiet", "gone", "held"] = "here"
    since_ms: int | None = None

    @property
    def word(self) -> str:
        return {"here": "on the site", "quiet": "quiet", "gone": "gone", "held": "as of"}[self.kind]
