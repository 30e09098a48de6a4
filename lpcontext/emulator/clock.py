"""The clock that stories and logins go by: the machine's, until somebody stops it or moves it forward."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Clock:
    """Goes with `source` (seconds since 1970), `advance`d by as much as was asked for. Safe for threads."""

    def __init__(self, source: Callable[[], float]) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._advanced_ms = 0
        self._stopped_ms: int | None = None

    @property
    def is_stopped(self) -> bool:
        return self._stopped_ms is not None

    def now_ms(self) -> int:
        """Milliseconds since 1970."""
        with self._lock:
            return self._read()

    def advance(self, milliseconds: int) -> None:
        """Move forward; a stopped clock moves too, and then stands where it was moved to."""
        with self._lock:
            self._advanced_ms += milliseconds
            if self._stopped_ms is not None:
                self._stopped_ms += milliseconds

    def stop(self) -> None:
        """Stand still from now on."""
        with self._lock:
            self._stopped_ms = self._read()

    def go(self) -> None:
        """Go on from where it stood; it does not catch up."""
        with self._lock:
            if self._stopped_ms is not None:
                self._advanced_ms += self._stopped_ms - self._read_going()
                self._stopped_ms = None

    def _read(self) -> int:
        return self._read_going() if self._stopped_ms is None else self._stopped_ms

    def _read_going(self) -> int:
        return int(self._source() * 1000) + self._advanced_ms
