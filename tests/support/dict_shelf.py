"""A liveperson.Shelf in a dictionary, with a clock one can move."""

from __future__ import annotations

import threading
from collections.abc import Callable


class DictShelf:
    """Keeps what is put until its time is over. `clock` tells epoch seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[bytes, float]] = {}
        self._held: dict[str, float] = {}

    def get(self, name: str) -> bytes | None:
        with self._lock:
            value, until = self._kept.get(name, (None, 0.0))
            return value if self._clock() < until else None

    def put(self, name: str, value: bytes, *, seconds: float) -> None:
        with self._lock:
            self._kept[name] = (value, self._clock() + seconds)

    def drop(self, name: str) -> None:
        with self._lock:
            self._kept.pop(name, None)

    def hold(self, name: str, *, seconds: float) -> bool:
        with self._lock:
            if self._clock() < self._held.get(name, 0.0):
                return False
            self._held[name] = self._clock() + seconds
            return True

    def release(self, name: str) -> None:
        with self._lock:
            self._held.pop(name, None)

    def names(self) -> set[str]:
        """What is kept just now."""
        with self._lock:
            return {name for name, (_, until) in self._kept.items() if self._clock() < until}
