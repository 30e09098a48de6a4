"""A tolerant reader over one JSON object: every question has an answer or None, and nothing raises.

Each null form of contract 0.4 reads as None. A value that is not what was asked for is dropped alone, and its path is
noted in `drift`: in LivePerson's spelling, with `[]` for any item of a list and `*` for a name that is not theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from lpcontext.reading.cleaning import clean_text
from lpcontext.reading.coercing import as_flag, as_instant, as_lines, as_number, as_text, as_whole, is_null
from lpcontext.reading.day import Day

TEXT_LIMIT = 5_000
"""Characters kept of a text; LivePerson allows 50,000 (contract 5.4)."""

LINE_LIMIT = 2_000
"""Characters kept of a title, a URL or a name."""

ID_LIMIT = 200
"""Characters kept of an id that serves as a key."""

MOST_ITEMS = 5_000
"""Items kept of one list: more than anybody does in six hours, and still quick to read."""

_LAST_MOMENT_MS = 253_402_300_799_999  # the end of the year 9999, the last one calendars can name
_NO_DAY = Day()
_Found = TypeVar("_Found")


class Reader:
    """One object of the answer, where it lies, and the shared set of dropped paths."""

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

    def word(self, name: str) -> str | None:
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

    def whole(self, name: str) -> int | None:
        """A whole number that JSON can carry exactly."""
        value = self._fields.get(name)
        return None if value is None else self._keep(name, value, as_whole(value))

    def between(self, name: str, least: int, most: int) -> int | None:
        """A whole number within these bounds, ends included."""
        value = self.whole(name)
        if value is None or least <= value <= most:
            return value
        self._drop(name)
        return None

    def moment(self, name: str) -> int | None:
        """Epoch milliseconds; 0 is LivePerson's "no time", not 1970."""
        return self.between(name, 0, _LAST_MOMENT_MS) or None

    def instant(self, name: str) -> int | None:
        """Epoch milliseconds, sent as ISO 8601 with an offset or as such."""
        value = self._fields.get(name)
        if value is None:
            return None
        at_ms = as_instant(value)
        return self._keep(name, value, at_ms if at_ms is None or 0 <= at_ms <= _LAST_MOMENT_MS else None) or None

    def flag(self, name: str) -> bool | None:
        """True or false."""
        value = self._fields.get(name)
        return None if value is None else self._keep(name, value, as_flag(value))

    def day(self, name: str) -> Day | None:
        """A calendar day of `{year, month, day}`."""
        pieces = self.part(name)
        return pieces.as_day(year="year", month="month", day="day") if pieces else None

    def as_day(self, *, year: str, month: str, day: str) -> Day | None:
        """This object as a calendar day, its pieces by these names; a piece no calendar has is dropped alone."""
        found = Day(year=self.between(year, 1, 9999), month=self.between(month, 1, 12), day=self.between(day, 1, 31))
        return found if found != _NO_DAY else None

    def holds_object(self, name: str) -> bool:
        """Is there an object, where LivePerson sends sometimes a text and sometimes an object?"""
        return isinstance(self._fields.get(name), dict)

    def part(self, name: str, *, called: str | None = None) -> Reader | None:
        """The object under this name, `called` so in noted paths when the name is not LivePerson's."""
        value = self._fields.get(name)
        if isinstance(value, dict):
            return Reader(value, path=self._path_of(called or name), drift=self._drift)
        if not is_null(value):
            self._drop(called or name)
        return None

    def inside(self, name: str) -> Reader:
        """The object under this name, or an empty one."""
        return self.part(name) or Reader({}, path=self._path_of(name), drift=self._drift)

    def undoubled(self, name: str) -> Reader:
        """What lies under `name` again, where LivePerson doubles the key (contract 4.8); else this very object."""
        return self.part(name) or self

    def parts(self, name: str, *, most: int = MOST_ITEMS) -> list[Reader]:
        """The objects of a list, the last `most` of them; a single object counts as a list of one."""
        path = self._path_of(name) + "[]"
        found = []
        for value in self._items(name, most=most):
            if isinstance(value, dict):
                found.append(Reader(value, path=path, drift=self._drift))
            elif not is_null(value):
                self._drift.add(path)
        return found

    def texts(self, name: str, *, most: int = 100) -> tuple[str, ...]:
        """The texts of a list, the last `most` of them; a single text counts as a list of one."""
        found = []
        for value in self._items(name, most=most):
            text = as_text(value, limit=LINE_LIMIT)
            if text is not None:
                found.append(text)
            elif not is_null(value):
                self._drift.add(self._path_of(name) + "[]")
        return tuple(found)

    def ids(self, name: str, *, most: int = 1_000) -> tuple[str, ...]:
        """The keys of a map from id to revision, sorted: their order in the answer is arbitrary (contract 4.6)."""
        value = self._fields.get(name)
        if not isinstance(value, dict):
            if not is_null(value):
                self._drop(name)
            return ()
        if not value:
            return ()
        ids = {id_ for key in list(value)[:most] if (id_ := clean_text(key, limit=ID_LIMIT))}
        return tuple(sorted(ids, key=lambda id_: (len(id_), id_)))

    def scalars(self) -> list[tuple[str, object]]:
        """Every field that holds a plain value, in the answer's order."""
        return [(name, value) for name, value in self._fields.items() if isinstance(value, str | int | float)]

    def drop(self) -> None:
        """Note that nothing could be made of this whole object."""
        self._drift.add(self._path)

    def _items(self, name: str, *, most: int) -> list[object]:
        value = self._fields.get(name)
        if isinstance(value, list):
            if len(value) > most:
                self._drift.add(self._path_of(name) + "[]")
            return value[-most:]
        return [] if is_null(value) else [value]

    def _keep(self, name: str, value: object, found: _Found | None) -> _Found | None:
        if found is None and not is_null(value):
            self._drop(name)
        return found

    def _drop(self, name: str) -> None:
        self._drift.add(self._path_of(name))

    def _path_of(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name
