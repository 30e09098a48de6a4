"""The plain values of one JSON object: every question has an answer or None, and nothing raises.

Each null form of contract 0.4 reads as None. A value that is not what was asked for is dropped alone, and its path is
noted in `drift`: in LivePerson's spelling, with `[]` for any item of a list and `*` for a name that is not theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from lpcontext.reading.coercion import as_epoch_ms, as_flag, as_integer, as_lines, as_number, as_text, is_null

TEXT_LIMIT = 5_000
"""Characters kept of a text; LivePerson allows 50,000 (contract 5.4)."""

_LAST_MOMENT_MS = 253_402_300_799_999  # the end of the year 9999, the last one calendars can name
_Found = TypeVar("_Found")


class ValueReader:
    """One object of the response, where it lies, and the shared set of dropped paths."""

    __slots__ = ("_drift", "_fields", "_path")

    def __init__(self, fields: dict[str, object], *, path: str, drift: set[str]) -> None:
        self._fields = fields
        self._path = path
        self._drift = drift

    def has(self, name: str) -> bool:
        """Is the field there, and not null?"""
        return self._fields.get(name) is not None

    def has_any(self, *names: str) -> bool:
        """Is any of these fields there, and not null?"""
        return any(self.has(name) for name in names)

    def names(self) -> list[str]:
        """The names of the fields that are there, and not null."""
        return [name for name, value in self._fields.items() if value is not None]

    def text(self, name: str, *, limit: int = TEXT_LIMIT) -> str | None:
        """A text on one line, of at most `limit` characters."""
        value = self._fields.get(name)
        if value is None:
            return None
        return self._keep(name, value, as_text(value, limit=limit))

    def enum(self, name: str) -> str | None:
        """A text out of an enum, where "NA" means not applicable."""
        word = self.text(name)
        return None if word == "NA" else word

    def choice(self, name: str, words: Mapping[str, _Found]) -> _Found | None:
        """What one of these words means; any other word is dropped."""
        word = self.text(name)
        return None if word is None else self._keep(name, word, words.get(word))

    def lines(self, name: str) -> str | None:
        """A text with its line breaks, however long: who asks for it cuts it."""
        value = self._fields.get(name)
        return None if value is None else self._keep(name, value, as_lines(value))

    def number(self, name: str) -> float | None:
        """A finite number."""
        value = self._fields.get(name)
        return None if value is None else self._keep(name, value, as_number(value))

    def integer(self, name: str) -> int | None:
        """A whole number that JSON can carry exactly."""
        value = self._fields.get(name)
        return None if value is None else self._keep(name, value, as_integer(value))

    def between(self, name: str, least: int, most: int) -> int | None:
        """A whole number within these bounds, ends included."""
        value = self.integer(name)
        if value is None or least <= value <= most:
            return value
        self._drop(name)
        return None

    def epoch_ms(self, name: str) -> int | None:
        """Epoch milliseconds; 0 is LivePerson's "no time", not 1970."""
        return self.between(name, 0, _LAST_MOMENT_MS) or None

    def iso_time_ms(self, name: str) -> int | None:
        """Epoch milliseconds, sent as ISO 8601 with an offset or as such."""
        value = self._fields.get(name)
        if value is None:
            return None
        at_ms = as_epoch_ms(value)
        return self._keep(name, value, at_ms if at_ms is None or 0 <= at_ms <= _LAST_MOMENT_MS else None) or None

    def flag(self, name: str) -> bool | None:
        """True or false."""
        value = self._fields.get(name)
        return None if value is None else self._keep(name, value, as_flag(value))

    def drop(self) -> None:
        """Note that nothing could be made of this whole object."""
        self._drift.add(self._path)

    def _keep(self, name: str, value: object, found: _Found | None) -> _Found | None:
        if found is None and not is_null(value):
            self._drop(name)
        return found

    def _drop(self, name: str) -> None:
        self._drift.add(self._path_of(name))

    def _path_of(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name
