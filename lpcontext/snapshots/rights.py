"""A word to every process that rights have changed: what it knows of them it must read anew."""

from __future__ import annotations

from collections.abc import Callable

from lpcontext.snapshots.changes import Listener
from lpcontext.snapshots.memory import PREFIX, reaching_memory

_CHANNEL = "rights"


def tell_rights_changed() -> None:
    """Whose is not said. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        memory.publish(f"{PREFIX}{_CHANNEL}", b"1")


def listen_to_rights(*, hear: Callable[[], None]) -> Listener:
    """`hear` is called for each word, and when the line is lost: words may have passed us by."""
    return Listener(_CHANNEL, hear=lambda _: hear(), lose=hear)
