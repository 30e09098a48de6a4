"""A story that goes by a clock: run only when somebody asks, up to the moment of asking."""

from __future__ import annotations

from collections.abc import Iterator


class ClockedStory:
    """Something with a story. Times are epoch milliseconds. Not safe for threads by itself.

    A story is a generator: it changes its subject and yields the seconds until it goes on.
    """

    def __init__(self, *, began_ms: int) -> None:
        self.began_ms = began_ms
        self.frozen_ms: int | None = None
        self._moment_ms = float(began_ms)
        self._story: Iterator[float] = iter(())

    @property
    def moment_ms(self) -> int:
        """When what the story does now happens."""
        return int(self._moment_ms)

    def advance(self, now_ms: int) -> None:
        """Let the story go on until now; a frozen one stays where it is."""
        if self.frozen_ms is not None:
            return
        while self._moment_ms <= now_ms:
            pause = next(self._story, None)
            if pause is None:
                return
            self._moment_ms += pause * 1000

    def end_story(self) -> None:
        """The story ends here; what happened stays."""
        self._story = iter(())

    def freeze(self, now_ms: int) -> None:
        """Stop the story and its clock here."""
        self.advance(now_ms)
        self.frozen_ms = now_ms

    def thaw(self) -> None:
        """Let the story go on; it catches up with the time it slept."""
        self.frozen_ms = None

    def interrupt(self, now_ms: int) -> None:
        """Make now the moment for something the story does not know of."""
        self.advance(now_ms)
        if self.frozen_ms is not None:
            self.frozen_ms = now_ms
