"""What a process has used lately: bounded in bytes and in age, also in a process nobody asks any more.

Whatever a visitor sends ends up in here, so neither a hostile one may fill it nor anybody's data outlive its panel.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import Lock, Timer
from typing import Any, Generic, NamedTuple, TypeVar

from cachetools import TTLCache

KEPT_SECONDS = 60.0
"""How long after its last use something is kept, at most."""

# A use renews what it finds at most once a period. So an entry lives for two periods after it was renewed, and is gone
# with the next look at what has expired: within three after its last use.
_PERIODS = 3
_ENTRY_BYTES = 300  # what an entry takes beside its key and value; measured

RunLater = Callable[[float, Callable[[], None]], object]
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class _Entry(NamedTuple):
    value: Any
    size: int


class _Entries(TTLCache[Key, _Entry]):
    """`on_push_out` is given each key that makes room for another."""

    def __init__(
        self, most_bytes: int, seconds: float, *, clock: Callable[[], float], on_push_out: Callable[[Key], object]
    ) -> None:
        super().__init__(most_bytes, seconds, timer=clock, getsizeof=_read_size)
        self._on_push_out = on_push_out

    def popitem(self) -> tuple[Key, _Entry]:
        key, entry = super().popitem()
        self._on_push_out(key)
        return key, entry


class ExpiringCache(Generic[Key, Value]):
    """cachetools' TTLCache under a lock, emptied by a timer while it holds something. Thread safe.

    In front of it a dict of what was found in this period: the TTLCache takes ten times as long to find something as a
    dict, and the usual tick is hardly more than finding.

    `measure` gives the bytes of a key and its value.
    `clock` gives seconds; `run_later` is given seconds and what to run. No key is named in an error.
    """

    def __init__(
        self,
        *,
        most_bytes: int,
        measure: Callable[[Key, Value], int],
        keep_seconds: float = KEPT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        run_later: RunLater | None = None,
    ) -> None:
        self._measure, self._run_later = measure, run_later or start_timer
        self._period_seconds = keep_seconds / _PERIODS
        self._lock = Lock()
        self._found: dict[Key, Value] = {}
        self._entries: _Entries[Key] = _Entries(
            most_bytes, keep_seconds - self._period_seconds, clock=clock, on_push_out=self._drop_found
        )
        self._is_timed = False

    def find(self, key: Key) -> Value | None:
        value = self._found.get(key)
        return value if value is not None else self._find_and_renew(key)

    def keep(self, key: Key, value: Value) -> None:
        """What alone would fill half of the room is not kept."""
        size = _ENTRY_BYTES + self._measure(key, value)
        if size > self._entries.maxsize // 2:
            return
        with self._lock:
            self._store(key, _Entry(value, size))

    def drop(self, key: Key) -> None:
        with self._lock:
            self._drop_found(key)
            self._entries.pop(key, None)

    def count_bytes(self) -> int:
        """What it holds now; never more than `most_bytes`."""
        with self._lock:
            return int(self._entries.currsize)

    def __len__(self) -> int:
        with self._lock:
            return len(self._entries)

    def _find_and_renew(self, key: Key) -> Value | None:
        with self._lock:
            try:
                entry = self._entries[key]
            except KeyError:
                return None
            self._store(key, entry)
            value: Value = entry.value
            return value

    def _store(self, key: Key, entry: _Entry) -> None:
        self._entries[key] = entry
        self._found[key] = entry.value
        if not self._is_timed:
            self._is_timed = True
            self._run_later(self._period_seconds, self._expire)

    def _drop_found(self, key: Key) -> None:
        self._found.pop(key, None)

    def _expire(self) -> None:
        with self._lock:
            self._found.clear()
            self._entries.expire()
            self._is_timed = len(self._entries) > 0
            if self._is_timed:
                self._run_later(self._period_seconds, self._expire)


def _read_size(entry: _Entry) -> int:
    return entry.size


def start_timer(seconds: float, work: Callable[[], None]) -> None:
    """Run `work` in a thread of its own, that much later."""
    timer = Timer(seconds, work)
    timer.daemon = True  # it must not hold up the end of the process
    timer.start()
