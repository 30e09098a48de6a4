"""How often one panel may tick in this process: a token bucket without Redis, which costs a tick next to nothing."""

from __future__ import annotations

_MINUTE_MS = 60_000


class TickBucket:
    """Of one panel; it holds as many ticks as come back in a minute. Threads may race for one, and both get it."""

    __slots__ = ("_full_ms", "_pace_ms")

    def __init__(self, *, per_minute: int) -> None:
        """0: no limit."""
        self._pace_ms = _MINUTE_MS / per_minute if per_minute else 0.0
        self._full_ms = 0.0

    def take(self, at_ms: int) -> float:
        """0 where there was one, else the ms until there is; `at_ms` by Redis' clock, which may be set back."""
        full_ms = self._full_ms
        if full_ms < at_ms:
            full_ms = at_ms
        elif full_ms > at_ms + _MINUTE_MS:
            full_ms = self._full_ms = at_ms + _MINUTE_MS
        full_ms += self._pace_ms
        wait_ms = full_ms - at_ms - _MINUTE_MS
        if wait_ms > 0:
            return wait_ms
        self._full_ms = full_ms
        return 0.0
