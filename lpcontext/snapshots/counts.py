"""Counters shared by all processes, for the metrics page. Labels are closed vocabularies, never words of an answer."""

from __future__ import annotations

from typing import cast

from lpcontext.snapshots.memory import PREFIX, MemoryUnavailable, reaching_memory
from lpcontext.snapshots.naming import COUNTS

_KEY = PREFIX + COUNTS
# Nothing here is without an end; counters that stood still for so long interest nobody.
_KEEP_SECONDS = 90 * 86_400
Labels = tuple[tuple[str, str], ...]


def count(name: str, amount: float = 1, **labels: str) -> None:
    """Counting never gets in the way: with Redis gone the count is lost, and /readyz says why."""
    field = "|".join([name, *(f"{label}={value}" for label, value in sorted(labels.items()))])
    try:
        with reaching_memory() as memory, memory.pipeline(transaction=False) as pipeline:
            pipeline.hincrbyfloat(_KEY, field, amount)
            pipeline.expire(_KEY, _KEEP_SECONDS)
            pipeline.execute()
    except MemoryUnavailable:
        return


def read_counts() -> dict[tuple[str, Labels], float]:
    """All counters by (name, labels). Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        kept = cast("dict[bytes, bytes]", memory.hgetall(_KEY))
    return {_read_field(field.decode()): float(amount) for field, amount in kept.items()}


def _read_field(field: str) -> tuple[str, Labels]:
    name, *labels = field.split("|")
    pairs = (label.partition("=") for label in labels)
    return name, tuple((label, value) for label, _, value in pairs)
