"""How long to wait before a child is started again, and when there is no use in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

_FIRST_SECONDS = 0.2
_MOST_SECONDS = 10.0
# A child that ran as long as this was well: what ended it now is another matter than what ended it before.
_STEADY_SECONDS = 10.0
_MOST_FAILURES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """What is known of a child's endings. `failures` are those in a row; `was_up` holds for good."""

    failures: int = 0
    was_up: bool = False

    def after_exit(self, *, ran_seconds: float) -> Backoff:
        return replace(self, failures=1 if ran_seconds >= _STEADY_SECONDS else self.failures + 1)

    def after_ready(self) -> Backoff:
        return replace(self, was_up=True)

    @property
    def pause_seconds(self) -> float:
        """Before the next start: 0.2 s after the first failure, doubling, at most 10 s."""
        # The exponent is bounded too: a child that fails for days would overflow a float.
        return float(min(_FIRST_SECONDS * 2 ** min(self.failures - 1, 16), _MOST_SECONDS)) if self.failures else 0.0

    @property
    def is_hopeless(self) -> bool:
        """It has never been up and ends again and again: its command or its surroundings are wrong."""
        return not self.was_up and self.failures >= _MOST_FAILURES
