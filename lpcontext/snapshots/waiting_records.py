"""Records that wait for the database to be back: a list, in the order they were made, of sealed bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from lpcontext.snapshots.memory import PREFIX, reaching_memory
from lpcontext.snapshots.naming import WAITING_RECORDS

_KEY = PREFIX + WAITING_RECORDS
_KEEP_SECONDS = 30 * 86_400


def push_waiting_record(sealed: bytes) -> None:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory, memory.pipeline() as pipeline:
        pipeline.rpush(_KEY, sealed)
        pipeline.expire(_KEY, _KEEP_SECONDS)
        pipeline.execute()


def list_waiting_records(most: int) -> list[bytes]:
    """The oldest first; they stay. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        return cast("list[bytes]", memory.lrange(_KEY, 0, most - 1))


def remove_waiting_records(records: Sequence[bytes]) -> None:
    """These alone, whatever came or went meanwhile. Raises MemoryUnavailable."""
    with reaching_memory() as memory, memory.pipeline(transaction=False) as pipeline:
        for record in records:
            pipeline.lrem(_KEY, 1, cast("str", record))  # its types know no bytes
        pipeline.execute()
