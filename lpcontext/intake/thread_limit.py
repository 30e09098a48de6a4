"""How many of the server's threads may be held by what takes long; the others are for ticks and probes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from lpcontext.intake.refusals import TooMany


class ThreadLimit:
    """Thread safe. Nobody waits for a free thread: waiting would hold one as well."""

    def __init__(self, number: int) -> None:
        self._free = threading.BoundedSemaphore(number)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Raises TooMany."""
        if not self._free.acquire(blocking=False):
            raise TooMany
        try:
            yield
        finally:
            self._free.release()
