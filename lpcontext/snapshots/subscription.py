"""A subscription to one channel of Redis: a thread with a connection of its own.

What it delivers is good only while the connection is: it is tried every second, and whoever relies on it learns of
its loss.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import redis
from redis.client import PubSub

from lpcontext.snapshots.memory import PREFIX, MemoryUnavailable, keeping_connection_open

_PING_SECONDS = 1.0
_LOST_SECONDS = 2.5
_RETRY_SECONDS = 0.25


class Subscription:
    """Calls `on_message` with each message, and `on_loss` when the connection is lost; connects anew for ever.

    `is_live` is False from the loss until it is subscribed again.
    """

    def __init__(self, channel: str, *, on_message: Callable[[bytes], None], on_loss: Callable[[], None]) -> None:
        self._channel = PREFIX + channel
        self._on_message, self._on_loss = on_message, on_loss
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.is_live = False

    def start(self) -> None:
        """Once; a second start does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=f"subscription {self._channel}", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with keeping_connection_open() as memory:
                    self._receive(memory)
            except MemoryUnavailable:
                self._stop.wait(_RETRY_SECONDS)
            finally:
                if self.is_live:
                    self.is_live = False
                    self._on_loss()

    def _receive(self, memory: redis.Redis) -> None:
        """Raises redis.RedisError when the connection is lost."""
        with PubSub(memory.connection_pool) as pubsub:
            pubsub.subscribe(self._channel)
            received_at, pinged_at = time.monotonic(), 0.0
            while not self._stop.is_set():
                now = time.monotonic()
                if now - pinged_at > _PING_SECONDS:
                    pubsub.ping()
                    pinged_at = now
                if now - received_at > _LOST_SECONDS:
                    raise redis.TimeoutError
                message = pubsub.get_message(timeout=0.2)
                while message is not None:
                    received_at = time.monotonic()
                    if message["type"] == "subscribe":
                        self.is_live = True
                    elif message["type"] == "message":
                        self._on_message(message["data"])
                    message = pubsub.get_message(timeout=0)
