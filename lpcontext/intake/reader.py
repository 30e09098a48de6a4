"""Bodies are read in threads of their own, and waited for so long by so many."""

from __future__ import annotations

import threading
from typing import Protocol

from lpcontext.intake.refusals import CutShort, TooLong, TooMany, TooSlow
from lpcontext.intake.thread_limit import ThreadLimit

_PIECE_BYTES = 64 * 1024
# Of a body that is too long, so much is still read: a sender in mid-sentence would not see our answer.
_THROWN_AWAY_PIECES = 64


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


class BodyReader:
    """Thread safe. A body that is there already costs no wait; `patient` of the `slow` may wait `patience_seconds`.

    Beyond either limit a body is waited for `look_seconds`.
    """

    def __init__(
        self, *, slow: ThreadLimit, patient: int = 2, patience_seconds: float = 5, look_seconds: float = 0.003
    ) -> None:
        self._slow, self._patient = slow, ThreadLimit(patient)
        self._patience_seconds, self._look_seconds = patience_seconds, look_seconds

    def read(self, stream: Stream, *, announced_bytes: int | None, most_bytes: int) -> bytes:
        """`announced_bytes` is None where the sender announced nothing. Raises BodyRefused.

        A refusal's `under_way` is set once the read has ended, which it has not where the sender was too slow.
        """
        reading = _Reading(stream, announced_bytes=announced_bytes, most_bytes=most_bytes)
        # A daemon: it must not keep the process from ending.
        threading.Thread(target=reading.run, name="request-body", daemon=True).start()
        has_waited = self._wait(reading)
        reading.is_abandoned = not reading.is_over.is_set()
        if reading.is_abandoned and not has_waited:
            raise TooMany(under_way=reading.is_over)
        if reading.is_too_long:
            raise TooLong(most_bytes=most_bytes, under_way=reading.is_over)
        if reading.is_abandoned:
            raise TooSlow(under_way=reading.is_over)
        if reading.body is None:
            raise CutShort
        return reading.body

    def _wait(self, reading: _Reading) -> bool:
        """False where a limit allowed no longer wait than `look_seconds`."""
        if reading.is_over.wait(self._look_seconds):
            return True
        try:
            with self._patient.hold(), self._slow.hold():
                reading.is_over.wait(self._patience_seconds)
        except TooMany:
            return False
        return True


class _Reading:
    """One body, as far as it has come. `body` is None until it is whole."""

    def __init__(self, stream: Stream, *, announced_bytes: int | None, most_bytes: int) -> None:
        self._stream, self._announced_bytes, self._most_bytes = stream, announced_bytes, most_bytes
        self.is_over = threading.Event()
        self.is_too_long = announced_bytes is not None and announced_bytes > most_bytes
        self.is_abandoned = False
        self.body: bytes | None = None

    def run(self) -> None:
        try:
            if not self.is_too_long:
                self._take()
            if self.is_too_long:
                self._throw_away()
        finally:
            self.is_over.set()

    def _take(self) -> None:
        body = self._stream.read(self._most_bytes + 1)  # one more tells whether a body without a length ends there
        if len(body) > self._most_bytes:
            self.is_too_long = True
        elif self._announced_bytes is None or len(body) == self._announced_bytes:
            self.body = body

    def _throw_away(self) -> None:
        for _ in range(_THROWN_AWAY_PIECES):
            if self.is_abandoned or len(self._stream.read(_PIECE_BYTES)) < _PIECE_BYTES:
                return
