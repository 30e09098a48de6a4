"""A store for one test of a connection: what it learns is shared with nobody, and gone with it."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext


class PrivateStore:
    """liveperson.SharedStore in a dictionary. For one thread, and for less time than anything kept in it lasts."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self._kept.get(name)

    def put(self, name: str, value: bytes, *, seconds: float) -> None:
        self._kept[name] = value

    def drop(self, name: str) -> None:
        self._kept.pop(name, None)

    def lock(self, name: str, *, seconds: float) -> AbstractContextManager[bool]:
        return nullcontext(True)
