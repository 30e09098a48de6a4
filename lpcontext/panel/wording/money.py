"""Amounts as people write them: the currency where LivePerson names one, a real minus, never a guessed symbol."""

from __future__ import annotations

import math
from functools import lru_cache

from babel.numbers import get_currency_precision

from lpcontext.panel.wording.numbers import EXACT_BELOW

_USUAL_DECIMALS = 2


def format_money(amount: float | None, currency: str | None = None) -> str | None:
    """`-400.99` → "−400.99"; `11.7` in USD → "USD 11.70"; in KWD "KWD 11.700". None where there is no amount."""
    if amount is None or not math.isfinite(amount):
        return None
    code = (currency or "").strip()
    size = abs(amount)
    if size >= EXACT_BELOW:
        digits = f"{size:.3g}"
    else:
        digits = f"{size:,.{_count_decimals(code.upper(), is_whole=size == int(size))}f}"
    sign = "−" if amount < 0 and digits.strip("0.,") else ""
    return f"{code} {sign}{digits}" if code else f"{sign}{digits}"


@lru_cache(maxsize=512)  # codes come from visitors: whatever they send
def _count_decimals(code: str, *, is_whole: bool) -> int:
    """As many as the currency has; where it has none, a broken amount is shown as broken all the same."""
    decimals = get_currency_precision(code)
    return decimals if decimals or is_whole else _USUAL_DECIMALS
