"""A liveperson.SharedStore in a dictionary, with a clock one can move."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager


class DictStore:
    """Keeps what is put until its time is over. `clock` tells epoch seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._kept: dict[str, tuple[bytes, float]] = {}
        self._locks: dict[str, tuple[object, float]] = {}

    def get(self, name: str) -> bytes | None:
        with self._guard:
            value, until = self._kept.get(name, (None, 0.0))
            return value if self._clock() < until else None

    def put(self, name: str, value: bytes, *, seconds: float) -> None:
        with self._guard:
            self._kept[name] = (value, self._clock() + seconds)

    def drop(self, name: str) -> None:
        with self._guard:
            self._kept.pop(name, None)

    def lock(self, name: str, *, seconds: float) -> AbstractContextManager[bool]:
        return self._hold(name, seconds=seconds)

    @contextmanager
    def _hold(self, name: str, *, seconds: float) -> Iterator[bool]:
        owner = object()
        got = self._take(name, owner, seconds=seconds)
        try:
            yield got
        finally:
            if got:
                self._give_back(name, owner)

    def _take(self, name: str, owner: object, *, seconds: float) -> bool:
        with self._guard:
            if name in self._locks and self._clock() < self._locks[name][1]:
                return False
            self._locks[name] = (owner, self._clock() + seconds)
            return True

    def _give_back(self, name: str, owner: object) -> None:
        with self._guard:
            if name in self._locks and self._locks[name][0] is owner:
                del self._locks[name]

    def names(self) -> set[str]:
        """What is kept just now."""
        with self._guard:
            return {name for name, (_, until) in self._kept.items() if self._clock() < until}


class CountingStore(DictStore):
    """Counts how often each name is read."""

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__(clock)
        self.read: Counter[str] = Counter()

    def get(self, name: str) -> bytes | None:
        self.read[name] += 1
        return super().get(name)
