"""Where the workers keep what they share: domains, log-ins, agent sessions, locks."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol


class SharedStore(Protocol):
    """One account's store. Names are ours and hold no ids; values are secrets, so the store seals them."""

    def get(self, name: str) -> bytes | None: ...

    def put(self, name: str, value: bytes, *, seconds: float) -> None:
        """Keep the value; it is gone after `seconds`."""

    def drop(self, name: str) -> None: ...

    def lock(self, name: str, *, seconds: float) -> AbstractContextManager[bool]:
        """Hold the lock of that name while inside, for `seconds` at most; False when somebody else has it.

        Given back by its owner alone: one that has lapsed meanwhile may be another's by now, and stays theirs.
        """
