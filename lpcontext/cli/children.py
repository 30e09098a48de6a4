"""The processes of one machine: started in order, watched, and all gone at the end, however it comes."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess  # nosec B404 - starting our own processes is this file's whole purpose
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType

from lpcontext.cli.errors import CannotStart

_STOP_SECONDS = 8.0
_PR_SET_PDEATHSIG = 1


class Children:
    """A context: leaving it stops every child, the last started first."""

    def __init__(self) -> None:
        self._running: list[tuple[str, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> Children:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _, child in reversed(self._running):
            _stop(child)

    def start(self, name: str, command: Sequence[str], *, environment: Mapping[str, str]) -> None:
        """In a session of its own: Ctrl-C reaches only the launcher, which then stops the rest in order."""
        child = subprocess.Popen(  # nosec B603 - fixed programs, no shell
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        self._running.append((name, child))

    def wait_for(self, what: str, is_ready: Callable[[], bool], *, seconds: float = 45) -> None:
        """Raises CannotStart when it takes too long or a child ends."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            self.check()
            if time.monotonic() > deadline:
                raise CannotStart(f"{what} did not come up within {seconds:.0f} seconds.")
            time.sleep(0.05)

    def check(self) -> None:
        """Raises CannotStart naming a child that has ended."""
        for name, child in self._running:
            if child.poll() is not None:
                raise CannotStart(f"{name} ended by itself (exit status {child.returncode}); its words are above.")

    def watch(self) -> None:
        """Until a signal ends us, or a child ends. Raises CannotStart."""
        while True:
            self.check()
            time.sleep(0.5)


def end_on_signals() -> None:
    """SIGTERM and SIGHUP end us as Ctrl-C does: through every `finally`."""

    def end(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, end)


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(_STOP_SECONDS)
    # Whatever it started itself is in its session; nothing of it may stay.
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _die_with_parent() -> None:
    """On Linux the kernel ends the child when the launcher is killed and can stop nothing itself."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
