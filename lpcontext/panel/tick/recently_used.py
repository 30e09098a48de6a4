"""By name, what was used within the last while: for what is small, and looked up at every tick."""

from __future__ import annotations

from threading import Lock
from typing import Generic, TypeVar

from lpcontext.panel.drawing_cache import KEPT_SECONDS

Held = TypeVar("Held")


class RecentlyUsed(Generic[Held]):
    """By name, what was used within the last while: for what is small, and looked up at every tick.

    Two generations again, which turn when somebody asks. `most` bounds each; times are epoch ms.
    """

    def __init__(self, *, most: int, keep_seconds: float = KEPT_SECONDS) -> None:
        self._most, self._half_ms = most, int(keep_seconds * 500)
        self._lock = Lock()
        self._young: dict[str, Held] = {}
        self._old: dict[str, Held] = {}
        self._turn_at_ms = 0

    def find(self, name: str, *, now_ms: int) -> Held | None:
        if not self._turn_at_ms - self._half_ms <= now_ms < self._turn_at_ms:  # a clock may be set back, too
            self._age(now_ms)
        found = self._young.get(name)
        if found is None:
            found = self._old.get(name)
            if found is not None:
                self.keep(name, found, now_ms=now_ms)
        return found

    def keep(self, name: str, held: Held, *, now_ms: int) -> None:
        with self._lock:
            if len(self._young) >= self._most:
                self._turn(now_ms)
            self._young[name] = held

    def drop(self, name: str) -> None:
        self._young.pop(name, None)
        self._old.pop(name, None)

    def _age(self, now_ms: int) -> None:
        """Once, whoever comes first."""
        with self._lock:
            if not self._turn_at_ms - self._half_ms <= now_ms < self._turn_at_ms:
                self._turn(now_ms)

    def _turn(self, now_ms: int) -> None:
        self._old, self._young = self._young, {}
        self._turn_at_ms = now_ms + self._half_ms
