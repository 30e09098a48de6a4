"""Locks that lapse by themselves. What may happen only once: `memory_start.py`."""

from __future__ import annotations

from lpcontext.snapshots.memory import PREFIX, reaching_memory
from lpcontext.snapshots.naming import lock_key

# Renewed by every worker, every half second: while it is held, somebody will do what is asked for.
WORKER_LOCK = "worker"


def take_lock(name: str, *, seconds: float) -> bool:
    """True for the first to take it, on whichever machine; it lapses by itself. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        return bool(memory.set(PREFIX + lock_key(name), b"1", nx=True, px=max(1, int(seconds * 1000))))


def renew_lock(name: str, *, seconds: float) -> None:
    """Take it, or hold it for longer, whoever has it. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        memory.set(PREFIX + lock_key(name), b"1", px=max(1, int(seconds * 1000)))


def lock_is_held(name: str) -> bool:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        return bool(memory.exists(PREFIX + lock_key(name)))


def release_lock(name: str) -> None:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        memory.delete(PREFIX + lock_key(name))
