"""What the workers share about LivePerson: domains, logins, locks. Values are sealed."""

from __future__ import annotations

from typing import cast

from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots.marks import drop_mark, take_mark
from lpcontext.snapshots.memory import PREFIX, reaching_memory


class SharedShelf:
    """A `liveperson.Shelf` over Redis, for one account. Every verb raises MemoryUnavailable."""

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

    def hold(self, name: str, *, seconds: float) -> bool:
        return take_mark(self._place(name), seconds=seconds)

    def release(self, name: str) -> None:
        drop_mark(self._place(name))

    def _place(self, name: str) -> str:
        return f"{PREFIX}x:{get_sealer().name_of('shelf', self._account_id, name)}"
