"""The objects and lists within one JSON object, as tolerant as its plain values."""

from __future__ import annotations

from collections.abc import Container

from lpcontext.reading.cleaning import clean_text
from lpcontext.reading.coercion import as_text, is_null
from lpcontext.reading.day import Day
from lpcontext.reading.values import ValueReader

SHORT_TEXT_LIMIT = 2_000
"""Characters kept of a title, a URL or a name."""

ID_LIMIT = 200
"""Characters kept of an id that serves as a key."""

MOST_ITEMS = 5_000
"""Items kept of one list: more than anybody does in six hours, and still quick to read."""

MOST_UNKNOWN_FIELDS = 20
"""Fields kept of an object nobody documents, each with so few characters as an id."""

_NO_DAY = Day()


class Reader(ValueReader):
    """One object of the response, and what lies in it."""

    __slots__ = ()

    def day(self, name: str) -> Day | None:
        """A calendar day of `{year, month, day}`."""
        pieces = self.child(name)
        return pieces.as_day(year="year", month="month", day="day") if pieces else None

    def as_day(self, *, year: str, month: str, day: str) -> Day | None:
        """This object as a calendar day, its pieces by these names; a piece no calendar has is dropped alone."""
        found = Day(year=self.between(year, 1, 9999), month=self.between(month, 1, 12), day=self.between(day, 1, 31))
        return found if found != _NO_DAY else None

    def holds_object(self, name: str) -> bool:
        """Is there an object, where LivePerson sends sometimes a text and sometimes an object?"""
        return isinstance(self._fields.get(name), dict)

    def child(self, name: str, *, called: str | None = None) -> Reader | None:
        """The object under this name, `called` so in noted paths when the name is not LivePerson's."""
        value = self._fields.get(name)
        if isinstance(value, dict):
            return Reader(value, path=self._path_of(called or name), drift=self._drift)
        if not is_null(value):
            self._drop(called or name)
        return None

    def child_or_empty(self, name: str) -> Reader:
        """The object under this name, or an empty one."""
        return self.child(name) or Reader({}, path=self._path_of(name), drift=self._drift)

    def unwrapped(self, name: str) -> Reader:
        """What lies under `name` again, where LivePerson doubles the key (contract 4.8); else this very object."""
        return self.child(name) or self

    def children(self, name: str, *, most: int = MOST_ITEMS) -> list[Reader]:
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
            text = as_text(value, limit=SHORT_TEXT_LIMIT)
            if text is not None:
                found.append(text)
            elif not is_null(value):
                self._drift.add(self._path_of(name) + "[]")
        return tuple(found)

    def ids(self, name: str, *, most: int = 1_000) -> tuple[str, ...]:
        """The keys of a map from id to revision, sorted: their order in the response is arbitrary (contract 4.6)."""
        value = self._fields.get(name)
        if not isinstance(value, dict):
            if not is_null(value):
                self._drop(name)
            return ()
        if not value:
            return ()
        ids = {id_ for key in list(value)[:most] if (id_ := clean_text(key, limit=ID_LIMIT))}
        return tuple(sorted(ids, key=lambda id_: (len(id_), id_)))

    def unknown_fields(self, *, known: Container[str]) -> list[tuple[str, str]]:
        """Name and text of the plain values nobody documents, in the response's order; the known ones are left out."""
        found = []
        for name, value in self._fields.items():
            label = clean_text(name, limit=ID_LIMIT)
            text = str(value).lower() if isinstance(value, bool) else as_text(value, limit=ID_LIMIT)
            if label and text and name not in known:
                found.append((label, text))
        return found[:MOST_UNKNOWN_FIELDS]

    def _items(self, name: str, *, most: int) -> list[object]:
        value = self._fields.get(name)
        if isinstance(value, list):
            if len(value) > most:
                self._drift.add(self._path_of(name) + "[]")
            return value[-most:]
        return [] if is_null(value) else [value]
