"""How work grows with its input: a ratio of two measurements side by side, whatever the machine's speed."""

from __future__ import annotations

import time
from collections.abc import Callable


def measure_growth(work: Callable[[int], object], *, small: int, rounds: int = 5) -> float:
    """How many times longer `work(10 * small)` takes than `work(small)`: about 10 if linear, 100 if quadratic.

    The best of several rounds each, taken in turn: whatever else runs here only ever adds to a time.
    """
    times: dict[int, list[int]] = {small: [], 10 * small: []}
    for _ in range(rounds):
        for size, measured in times.items():
            before = time.thread_time_ns()
            work(size)
            measured.append(time.thread_time_ns() - before)
    return min(times[10 * small]) / max(min(times[small]), 1)
