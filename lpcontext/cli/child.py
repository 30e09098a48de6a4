"""A child of the launcher: one command that is to run, by whatever number of processes in turn."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from lpcontext.cli.backoff import Backoff
from lpcontext.cli.errors import CannotStart
from lpcontext.cli.processes import Process, describe_exit, signals_blocked, start_process, stop_process

log = logging.getLogger(__name__)


class Child:
    """Begun, and begun again, by `poll`, which must be called again and again. `now`: a monotonic clock's seconds."""

    def __init__(self, name: str, command: Sequence[str], *, environment: Mapping[str, str]) -> None:
        self.name = name
        self._command, self._environment = command, environment
        self._backoff = Backoff()
        self._process: Process | None = None
        self._started = 0.0
        self._due: float | None = None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def mark_ready(self) -> None:
        """It has been up: from here on it is started again however often it ends."""
        self._backoff = self._backoff.after_ready()

    def poll(self, *, now: float) -> None:
        """Start it when that is due, and notice its end. Raises CannotStart where there is no use in it."""
        if self._process is None:
            if self._due is None or now >= self._due:
                self._start(now)
        elif (status := self._process.poll()) is not None:
            # What it left behind holds its port or its socket, and would keep the next one from coming up.
            stop_process(self._process)
            self._record_exit(describe_exit(status), now)

    def stop(self) -> None:
        if self._process is not None:
            stop_process(self._process)
            self._process = None

    def _start(self, now: float) -> None:
        self._started = now
        try:
            with signals_blocked():
                self._process = start_process(self._command, environment=self._environment)
        except OSError as error:
            self._record_exit(f"before it began ({error.strerror})", now)

    def _record_exit(self, how: str, now: float) -> None:
        self._process = None
        self._backoff = self._backoff.after_exit(ran_seconds=now - self._started)
        if self._backoff.is_hopeless:
            raise CannotStart(
                f"{self.name} cannot start: it ended {self._backoff.failures} times in a row, "
                f"the last time {how}; its words are above."
            )
        self._due = now + self._backoff.pause_seconds
        log.warning("%s ended %s; it is started again in %g s", self.name, how, self._backoff.pause_seconds)
