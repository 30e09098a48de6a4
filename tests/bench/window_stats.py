"""What a window of load came to: times in ms, ages of what panels showed, errors."""

from __future__ import annotations

import math
import statistics
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Any


class WindowStats:
    """Counts of one window. `started` is the loop's clock in seconds."""

    def __init__(self, *, started: float, visits: int) -> None:
        self.started = started
        self.polls = self.changed = self.reconnects = 0
        self.errors: Counter[str] = Counter()
        self._latencies, self._late_sends, self._ages = array("d"), array("d"), array("d")
        self._age_sums, self._age_counts, self._oldest = [0.0] * visits, [0] * visits, [0.0] * visits
        self._heard: list[dict[int, int]] = [{} for _ in range(visits)]

    def note_answer(self, *, due: float, asked: float, answered: float, changed: bool) -> None:
        """`due`, `asked` and `answered` are the loop's clock, seconds: latency begins when the tick was due."""
        self.polls += 1
        self.changed += changed
        self._latencies.append((answered - due) * 1000)
        self._late_sends.append((asked - due) * 1000)

    def note_unanswered(self, *, due: float, now: float) -> None:
        """Given up, or still waiting at the window's end: it was at least this late."""
        self._latencies.append((now - due) * 1000)

    def note_heard(self, visit: int, as_of_ms: int, now_ms: int) -> None:
        """When a panel first showed an answer as new as this. Epoch ms."""
        self._heard[visit].setdefault(as_of_ms, now_ms)

    def note_age(self, visit: int, age_ms: float) -> None:
        """How old is what a panel shows, at a moment that has nothing to do with its ticks."""
        self._ages.append(age_ms)
        self._age_sums[visit] += age_ms
        self._age_counts[visit] += 1
        self._oldest[visit] = max(self._oldest[visit], age_ms)

    def report(self, *, now: float, shown: Counter[str], panels: int) -> dict[str, Any]:
        seconds = now - self.started
        means = [total / count for total, count in zip(self._age_sums, self._age_counts, strict=True) if count]
        return {
            "seconds": seconds,
            "visits": len(self._heard),
            "panels": panels,
            "polls": self.polls,
            "changed": self.changed,
            "polls_per_second": self.polls / seconds,
            "latency_ms": {name: quantile(self._latencies, q) for name, q in QUANTILES.items()},
            # The generator's own share of the latency, for who doubts it.
            "sent_late_ms": {name: quantile(self._late_sends, q) for name, q in QUANTILES.items()},
            "shown": dict(shown),
            "live": shown["live"] / panels,
            "age_ms": {"p50": quantile(self._ages, 0.5), "p95": quantile(self._ages, 0.95)},
            "mean_age_ms": describe_spread(means),
            "oldest_shown_ms": describe_spread([oldest for oldest in self._oldest if oldest]),
            "errors": dict(self.errors),
            "reconnects": self.reconnects,
        }

    def timeline(self) -> list[list[tuple[int, int]]]:
        """Per visit: as of when, and when a panel first showed it. Epoch ms."""
        return [list(heard.items()) for heard in self._heard]


QUANTILES = {"p50": 0.5, "p99": 0.99, "p999": 0.999}


def describe_spread(values: Sequence[float]) -> dict[str, float]:
    """Per visit. One that ages from 0 to an interval has p95 ÷ p50 = 1.9 all by itself; its mean age has 1.0."""
    p50, p95 = quantile(values, 0.5), quantile(values, 0.95)
    return {"p50": p50, "p95": p95, "spread": p95 / p50 if p50 else 0.0}


def quantile(values: Sequence[float], q: float) -> float:
    """The nearest-rank quantile; 0 of nothing."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(q * len(values)) - 1)]


def median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
