"""One JSON value as the kind of thing we want, or None when it is no such thing.

LivePerson prints numbers as texts in one API and as numbers in the next (samples/history-sde-*), so both are taken.
A bool is never a number, and NaN, infinity and numbers too large to mean anything are nothing.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from lpcontext.reading.cleaning import NULL_TEXT, clean_lines, clean_text

_GREATEST_NUMBER = 1e15
_GREATEST_INTEGER = 2**53  # beyond it JSON numbers are no longer exact
_LONGEST_ID_BITS = 128
_LONGEST_NUMBER = 50
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?")
_INTEGER = re.compile(r"([+-]?[0-9]{1,16})(?:\.0{1,15})?")
_ISO_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:?[0-9]{2})"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


def is_null(value: object) -> bool:
    """Is this one of LivePerson's ways to say that there is nothing (contract 0.4)?"""
    return value is None or (isinstance(value, str) and value.strip() in ("", NULL_TEXT))


def as_text(value: object, *, limit: int) -> str | None:
    """A text on one line; an id that came as a number is text, too."""
    if isinstance(value, str):
        return clean_text(value, limit=limit)
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value) if value.bit_length() <= _LONGEST_ID_BITS else None
    if isinstance(value, float) and abs(value) <= _GREATEST_INTEGER:
        return str(int(value)) if value.is_integer() else repr(value)
    return None


def as_lines(value: object) -> str | None:
    """A text of any length, its line breaks kept."""
    return clean_lines(value) if isinstance(value, str) else as_text(value, limit=_LONGEST_NUMBER)


def as_number(value: object) -> float | None:
    """A finite number of at most fifteen digits before the point."""
    if isinstance(value, str):
        text = value.strip()
        value = float(text) if _NUMBER.fullmatch(text) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -_GREATEST_NUMBER <= value <= _GREATEST_NUMBER else None


def as_integer(value: object) -> int | None:
    """A whole number: 12, 12.0, "12" or "12.0"."""
    if isinstance(value, str):
        match = _INTEGER.fullmatch(value.strip())
        value = int(match[1]) if match else None
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -_GREATEST_INTEGER <= value <= _GREATEST_INTEGER else None


def as_flag(value: object) -> bool | None:
    """True or false, also as text or as 1 and 0."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _FLAGS.get(value.strip().lower())
    return bool(value) if isinstance(value, int) and value in (0, 1) else None


def as_epoch_ms(value: object) -> int | None:
    """Epoch milliseconds out of an ISO 8601 time with an offset, with or without fractions of a second (contract 0.5).

    A number is taken for epoch milliseconds, as other APIs send them. A time without offset could be anywhere.
    """
    if not isinstance(value, str) or not _ISO_TIME.fullmatch(value.strip()):
        return as_integer(value)
    try:
        return (datetime.fromisoformat(value.strip()) - _EPOCH) // timedelta(milliseconds=1)
    except ValueError:  # the 30th of February
        return None
