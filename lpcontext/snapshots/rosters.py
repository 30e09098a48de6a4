"""Rosters: which chats of an account are watched, so that one worker can ask for all of them at once. Sealed."""

from __future__ import annotations

from typing import cast

import msgspec

from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots.memory import PREFIX, reaching_memory
from lpcontext.subjects import ChatKey

_KEEP_MS = 6 * 3600 * 1000


def enlist(account_id: str, name: str, key: ChatKey) -> None:
    """Raises MemoryUnavailable."""
    place = _place(account_id)
    sealed = get_sealer().seal(msgspec.msgpack.encode(key), purpose=f"roster:{name}")
    with reaching_memory() as memory, memory.pipeline(transaction=False) as line:
        line.hset(place, name, cast("str", sealed))
        line.pexpire(place, _KEEP_MS)
        line.execute()


def read_roster(account_id: str) -> dict[str, ChatKey]:
    """Name of each chat enlisted, and its key. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        kept = cast("dict[bytes, bytes]", memory.hgetall(_place(account_id)))
    return {name.decode(): key for name, sealed in kept.items() if (key := _open(name.decode(), sealed))}


def strike(account_id: str, *names: str) -> None:
    """Nobody watches these any more, or they have ended. Raises MemoryUnavailable."""
    if names:
        with reaching_memory() as memory:
            memory.hdel(_place(account_id), *names)


def _open(name: str, sealed: bytes) -> ChatKey | None:
    try:
        return msgspec.msgpack.decode(get_sealer().open(sealed, purpose=f"roster:{name}"), type=ChatKey)
    except (SealBroken, msgspec.DecodeError):
        return None


def _place(account_id: str) -> str:
    return f"{PREFIX}r:{get_sealer().name_of('roster', account_id)}"
