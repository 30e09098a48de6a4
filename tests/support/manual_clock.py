"""A clock moved by hand."""

from __future__ import annotations


class ManualClock:
    """Tells epoch seconds. `step` is added at every look, for code that watches time pass."""

    def __init__(self, now: float = 1_700_000_000.0, *, step: float = 0.0) -> None:
        self.now = now
        self.step = step

    def __call__(self) -> float:
        self.now += self.step
        return self.now

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
