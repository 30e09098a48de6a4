"""Both spellings of a response, XML and JSON with or without `@`, as one object to read (contract 7.2)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, TypeVar

from lpcontext.chats.parsing.errors import UnreadableChat
from lpcontext.chats.parsing.xml import read_xml
from lpcontext.reading import Reader, is_null

_DEEPEST = 10

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Value]):
    """What a response says, and the paths of what had to be dropped: sorted, each once, without `@` and any value."""

    value: Value
    drift: tuple[str, ...]


class ResponseReader:
    """A response whose spelling no longer matters, and the paths dropped from it so far."""

    def __init__(self, body: object) -> None:
        """Raises UnreadableChat unless this is a decoded JSON object, or XML as text or bytes."""
        if isinstance(body, str | bytes):
            body = read_xml(body)
        if not isinstance(body, dict):
            raise UnreadableChat("the answer is neither a JSON object nor XML")
        self._fields = _without_at(body)
        self._drift: set[str] = set()
        self.top = Reader(self._fields, path="", drift=self._drift)

    def find_object(self, name: str, *, known: Collection[str]) -> Reader:
        """The object under this name; else the whole response, when it has one of the known fields itself.

        Nothing at all under the name is an object without fields: LivePerson documents no empty lists.
        Raises UnreadableChat when there is neither.
        """
        if name in self._fields:
            value = self._fields[name]
            if isinstance(value, dict):
                return self.top.child_or_empty(name)
            if is_null(value) or value == []:
                return Reader({}, path=name, drift=self._drift)
            raise UnreadableChat(f"{name} is not an object")
        if not self._fields.keys() & set(known):
            raise UnreadableChat(f"the answer has no {name}")
        return self.top

    def require(self, name: str) -> Reader:
        """The whole response, which is nothing but one plain value of this name. Raises UnreadableChat without it."""
        if name not in self._fields:
            raise UnreadableChat(f"the answer has no {name}")
        return self.top

    def parsed(self, value: Value) -> Parsed[Value]:
        return Parsed(value=value, drift=tuple(sorted(self._drift)))


def _without_at(fields: dict[object, object], *, depth: int = _DEEPEST) -> dict[str, object]:
    """The object with `@href` as `href`, as deep as the documents go; a plain name wins over its twin."""
    plain: dict[str, object] = {}
    for key, value in fields.items():
        name = str(key)
        if name.startswith("@") and name[1:] in fields:
            continue
        plain[name.removeprefix("@")] = _value_without_at(value, depth=depth)
    return plain


def _value_without_at(value: object, *, depth: int) -> object:
    if depth == 0:
        return None
    if isinstance(value, dict):
        return _without_at(value, depth=depth - 1)
    if isinstance(value, list):
        return [_value_without_at(item, depth=depth - 1) for item in value]
    return value
