"""What changes in memory, brought to this process: one connection that listens, for all that is watched here.

What is told is good only while the line is good: it is tried every second, and whoever relies on it hears of its loss.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

import redis

from lpcontext.snapshots.memory import PREFIX, MemoryUnavailable, keeping_line_open
from lpcontext.snapshots.model import SubjectStatus
from lpcontext.snapshots.store import decode_status
from lpcontext.snapshots.watches import BELL, CHANGES

log = logging.getLogger(__name__)

_NAME = 32
_LENGTH = 4
_PING_SECONDS = 1.0
_LOST_SECONDS = 2.5
_RETRY_SECONDS = 0.25


class Listener:
    """A thread that listens to one channel for ever. `hear` gets each message, `lose` is called when the line is lost.

    `is_live` is False from the loss until the line stands again.
    """

    def __init__(self, channel: str, *, hear: Callable[[bytes], None], lose: Callable[[], None]) -> None:
        self._channel = PREFIX + channel
        self._hear, self._lose = hear, lose
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.is_live = False

    def start(self) -> None:
        """Once; a second start does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=f"listener {self._channel}", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with keeping_line_open() as memory:
                    self._listen(memory)
            except MemoryUnavailable:
                self._stop.wait(_RETRY_SECONDS)
            finally:
                if self.is_live:
                    self.is_live = False
                    self._lose()

    def _listen(self, memory: redis.Redis) -> None:
        """Raises redis.RedisError when the line is lost."""
        with memory.pubsub() as line:  # type: ignore[no-untyped-call]  # redis-py has not typed it
            line.subscribe(self._channel)
            heard_at, pinged_at = time.monotonic(), 0.0
            while not self._stop.is_set():
                now = time.monotonic()
                if now - pinged_at > _PING_SECONDS:
                    line.ping()
                    pinged_at = now
                if now - heard_at > _LOST_SECONDS:
                    raise redis.TimeoutError
                message = line.get_message(timeout=0.2)
                while message is not None:
                    heard_at = time.monotonic()
                    if message["type"] == "subscribe":
                        self.is_live = True
                    elif message["type"] == "message":
                        self._hear(message["data"])
                    message = line.get_message(timeout=0)


def listen_to_changes(*, hear: Callable[[str, SubjectStatus], None], lose: Callable[[], None]) -> Listener:
    """Every status a worker writes, with the subject's name."""

    def hear_all(told: bytes) -> None:
        for name, status in _read_changes(told):
            hear(name, status)

    return Listener(CHANGES, hear=hear_all, lose=lose)


def listen_to_bell(*, hear: Callable[[str], None]) -> Listener:
    """The name of an account whenever a subject of it should be refreshed at once."""
    return Listener(BELL, hear=lambda told: hear(told.decode()), lose=lambda: None)


def _read_changes(told: bytes) -> Iterator[tuple[str, SubjectStatus]]:
    place = 0
    while place < len(told):
        try:
            length = int(told[place + _NAME : place + _NAME + _LENGTH], 16)
        except ValueError:  # nothing of ours, or of another version of us: the next look reads memory itself
            return
        end = place + _NAME + _LENGTH + length
        status = decode_status(told[place + _NAME + _LENGTH : end])
        if status is not None:
            yield told[place : place + _NAME].decode(), status
        place = end
