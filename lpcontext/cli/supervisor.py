"""The processes of one machine: started in order, again when they end, and all gone at the end, however it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

from lpcontext.cli.child import Child
from lpcontext.cli.errors import CannotStart
from lpcontext.cli.processes import signals_blocked

_POLL_SECONDS = 0.2
_READY_POLL_SECONDS = 0.05


class Supervisor:
    """A context: leaving it stops every child, the last started first.

    All in the launcher's own thread: Linux takes the end of the thread that started a child for its parent's death.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._children: dict[str, Child] = {}

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with signals_blocked():  # a second Ctrl-C must not leave half of them running
            for child in reversed(self._children.values()):
                child.stop()

    def start(self, name: str, command: Sequence[str], *, environment: Mapping[str, str]) -> None:
        """It is then kept running while `wait_for` or `watch` lasts."""
        self._children[name] = child = Child(name, command, environment=environment)
        child.poll(now=self._clock())

    def wait_for(self, name: str, is_ready: Callable[[], bool], *, seconds: float = 45) -> None:
        """Until the child of that name is up. Raises CannotStart when it takes too long or a child cannot start."""
        child, deadline = self._children[name], self._clock() + seconds
        # Somebody else may answer in its place, on a port taken a moment ago: it must be running, too.
        while not (child.is_running and is_ready()):
            self.poll()
            if self._clock() > deadline:
                raise CannotStart(f"{name} did not come up within {seconds:.0f} seconds.")
            # Servers tell nobody when they begin to answer, so they are asked again and again.
            time.sleep(_READY_POLL_SECONDS)
        child.mark_ready()

    def poll(self) -> None:
        """Start again what has ended and is due. Raises CannotStart."""
        for child in self._children.values():
            child.poll(now=self._clock())

    def watch(self) -> None:
        """Until a signal ends us, or a child that never was up cannot start. Raises CannotStart."""
        while True:
            self.poll()
            # No call that Linux and macOS both have waits for several children's ends and for the next restart's time.
            time.sleep(_POLL_SECONDS)
