"""Numbers and counted things."""

from __future__ import annotations

import math

EXACT_BELOW = 1e15
"""From here on a float no longer knows its hundredths."""


def format_number(amount: float | None) -> str | None:
    """A count that may come as a float: `3.0` → "3", `1.5` → "1.5"."""
    if amount is None or not math.isfinite(amount):
        return None
    return f"{amount:,.0f}" if amount == int(amount) and abs(amount) < EXACT_BELOW else f"{amount:g}"


def format_count(number: int, one: str, many: str | None = None) -> str:
    """`format_count(1, "page")` → "1 page"; `format_count(3, "page")` → "3 pages"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
