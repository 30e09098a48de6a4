"""Facts that hold for a while and lapse by themselves. What may happen only once: `lifetime.py`."""

from __future__ import annotations

from lpcontext.snapshots.memory import PREFIX, reaching_memory

# Kept by every worker, every half second: somebody will do what is asked for.
WORKER_MARK = "worker"


def take_mark(name: str, *, seconds: float) -> bool:
    """True for the first to take it, on whichever machine; it lapses by itself. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        return bool(memory.set(f"{PREFIX}m:{name}", b"1", nx=True, px=max(1, int(seconds * 1000))))


def keep_mark(name: str, *, seconds: float) -> None:
    """Set it, or set it for longer, whoever has it. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        memory.set(f"{PREFIX}m:{name}", b"1", px=max(1, int(seconds * 1000)))


def mark_is_set(name: str) -> bool:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        return bool(memory.exists(f"{PREFIX}m:{name}"))


def drop_mark(name: str) -> None:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        memory.delete(f"{PREFIX}m:{name}")
