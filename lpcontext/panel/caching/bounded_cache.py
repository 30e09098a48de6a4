"""What was rendered lately, kept in this process: bounded in bytes and in age, under names that say nothing.

Whatever a visitor sends ends up in here, so neither a hostile one may fill it nor anybody's data outlive its panel.
"""

from __future__ import annotations

import sys
from hashlib import blake2b
from threading import Lock
from typing import Any, Generic, TypeVar

import msgspec
from django.utils.safestring import SafeString

from lpcontext.panel.caching.expiring_cache import KEPT_SECONDS, RunLater, start_timer

_ENTRY_BYTES = 250  # an entry of a dict, its key and the head of its value; measured

Value = TypeVar("Value", str, bytes, SafeString)


def _encode_markup(value: object) -> tuple[str, str]:
    """Markup is not the same as a plain text of the same letters."""
    if isinstance(value, SafeString):
        return "markup", str.__str__(value)
    raise TypeError(f"{type(value).__name__} cannot be part of a name")


_encode = msgspec.msgpack.Encoder(enc_hook=_encode_markup).encode


def digest_of(*values: Any) -> bytes:
    """A name for what can be written as MessagePack: 16 bytes; equal for equal things, and says nothing of them."""
    return blake2b(_encode(values), digest_size=16).digest()


class BoundedCache(Generic[Value]):
    """Two generations: what is used moves to the younger; the older is dropped when the younger is full or old.

    So what is kept is never more than `most_bytes`, is gone `keep_seconds` after its last use at the latest, also in
    a process nobody asks any more, and finding it costs one look-up. Thread safe. By hand and no ExpiringCache, for a
    first render keeps some twenty things at once: with cachetools beneath it took 8 to 10 % longer, measured.
    """

    def __init__(self, *, most_bytes: int, keep_seconds: float = KEPT_SECONDS, later: RunLater | None = None) -> None:
        self._half_bytes, self._half_seconds = most_bytes // 2, keep_seconds / 2
        self._later = later or start_timer
        self._lock = Lock()
        self._young: dict[bytes, Value] = {}
        self._old: dict[bytes, Value] = {}
        self._young_bytes = self._old_bytes = 0
        self._is_timed = False

    def find(self, key: bytes) -> Value | None:
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.keep(key, found)
        return found

    def keep(self, key: bytes, value: Value) -> None:
        """What alone would fill half of the room is not kept."""
        size = _ENTRY_BYTES + sys.getsizeof(value)
        if size > self._half_bytes:
            return
        with self._lock:
            if key in self._young:
                return
            if self._young_bytes + size > self._half_bytes:
                self._turn()
            self._young[key] = value
            self._young_bytes += size
            if not self._is_timed:
                self._is_timed = True
                self._later(self._half_seconds, self._age)

    def forget(self) -> None:
        """As in a process that has kept nothing yet."""
        with self._lock:
            self._turn()
            self._turn()

    def count_bytes(self) -> int:
        """What it holds now; never more than `most_bytes`."""
        return self._young_bytes + self._old_bytes

    def __len__(self) -> int:
        """How many things are kept; one that lately moved to the younger counts twice."""
        return len(self._young) + len(self._old)

    def _age(self) -> None:
        with self._lock:
            self._turn()
            self._is_timed = bool(self._old)
            if self._is_timed:
                self._later(self._half_seconds, self._age)

    def _turn(self) -> None:
        self._old, self._old_bytes = self._young, self._young_bytes
        self._young, self._young_bytes = {}, 0
