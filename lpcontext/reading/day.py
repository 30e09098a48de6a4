"""A calendar day, which LivePerson sends in pieces (contract 0.5)."""

from __future__ import annotations

import msgspec


class Day(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A calendar day as LivePerson reports it; any piece may be missing. Months count from 1."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
