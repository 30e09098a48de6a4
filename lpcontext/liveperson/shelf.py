"""Where the workers keep what they share: domains, log-ins, agent sessions, locks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Shelf(Protocol):
    """One account's shelf. Names are ours and hold no ids; values are secrets, so the shelf seals them."""

    def get(self, name: str) -> bytes | None: ...

    def put(self, name: str, value: bytes, *, seconds: float) -> None:
        """Keep the value; it is gone after `seconds`."""

    def drop(self, name: str) -> None: ...

    def hold(self, name: str, *, seconds: float) -> bool:
        """Take the lock of that name, for `seconds` at most; False when somebody has it."""

    def release(self, name: str) -> None: ...


@contextmanager
def locked(shelf: Shelf, name: str, *, seconds: float) -> Iterator[bool]:
    """Hold the lock while inside, for `seconds` at most; False when somebody else has it."""
    got = shelf.hold(name, seconds=seconds)
    try:
        yield got
    finally:
        if got:
            shelf.release(name)
