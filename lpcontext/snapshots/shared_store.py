"""What the workers share about LivePerson: domains, logins, locks. Values are sealed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import cast

from redis.exceptions import LockNotOwnedError
from redis.lock import Lock

from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots.memory import PREFIX, reaching_memory


class RedisStore:
    """A `liveperson.SharedStore` over Redis, for one account. Every verb raises MemoryUnavailable."""

    def __init__(self, account_id: str) -> None:
        self._account_id = account_id

    def get(self, name: str) -> bytes | None:
        with reaching_memory() as memory:
            sealed = cast("bytes | None", memory.get(self._place(name)))
        try:
            return get_sealer().open(sealed, purpose=self._place(name)) if sealed else None
        except SealBroken:
            return None

    def put(self, name: str, value: bytes, *, seconds: float) -> None:
        sealed = get_sealer().seal(value, purpose=self._place(name))
        with reaching_memory() as memory:
            memory.set(self._place(name), sealed, px=max(1, int(seconds * 1000)))

    def drop(self, name: str) -> None:
        with reaching_memory() as memory:
            memory.delete(self._place(name))

    @contextmanager
    def lock(self, name: str, *, seconds: float) -> Iterator[bool]:
        """Hold the lock while inside, for `seconds` at most; False when somebody else has it."""
        with reaching_memory() as memory:
            # The token belongs to this object, and each use has one of its own: no need to keep it in the thread too.
            lock = memory.lock(self._place(name), timeout=max(0.001, seconds), blocking=False, thread_local=False)
            got = lock.acquire()
        try:
            yield got
        finally:
            if got:
                _give_back(lock)

    def _place(self, name: str) -> str:
        # The word "shelf" stays: during an upgrade old and new processes share one memory.
        return f"{PREFIX}x:{get_sealer().name_of('shelf', self._account_id, name)}"


def _give_back(lock: Lock) -> None:
    with reaching_memory(), suppress(LockNotOwnedError):  # it has lapsed; whoever has it now keeps it
        lock.release()
