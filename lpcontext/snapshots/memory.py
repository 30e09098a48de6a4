"""The connection to Redis, its clock, and the one error that says it is gone.

A Redis that is silent would hold each caller for a whole time-out. So after one call has failed that way, the next
ones fail at once, and a single caller at a time tries again: the others lose no time over it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from lpcontext.subjects import now_ms

PREFIX = "lpc:"
_NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)\n"
_REST_SECONDS = 0.3


class MemoryUnavailable(Exception):
    """Redis cannot be reached, or refuses us."""


class _Outage:
    """Begun by a connection that failed or stayed silent; ended by the one caller that is let through to try."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lasts = False
        self._next_try = 0.0

    def check(self, *, patience: float) -> None:
        """Raises MemoryUnavailable while it lasts, but for one caller now and then."""
        if not self._lasts:
            return
        with self._lock:
            if time.monotonic() < self._next_try:
                raise MemoryUnavailable("Redis did not answer lately")
            self._next_try = time.monotonic() + patience + _REST_SECONDS

    def begin(self) -> None:
        with self._lock:
            self._lasts, self._next_try = True, time.monotonic() + _REST_SECONDS

    def end(self) -> None:
        self._lasts = False


class _Clock:
    """Redis' own time, reckoned from the last answer that held it: machines need not agree with each other.

    Between answers it goes on with this machine's monotonic clock, which nobody sets back.
    """

    def __init__(self) -> None:
        self._ahead_ms: int | None = None

    def set(self, redis_ms: int) -> None:
        self._ahead_ms = redis_ms - _monotonic_ms()

    def read(self) -> int | None:
        return None if self._ahead_ms is None else self._ahead_ms + _monotonic_ms()

    def forget(self) -> None:
        self._ahead_ms = None


_outage = _Outage()
_clock = _Clock()


@cache
def connect() -> redis.Redis:
    """The one client of this process; its pool is thread safe. One retry covers a connection the server closed."""
    return _make_client(retries=1)


def _make_client(*, retries: int) -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=settings.MEMORY_SECONDS,
        socket_connect_timeout=min(1.0, settings.MEMORY_SECONDS),
        health_check_interval=30,
        retry=Retry(NoBackoff(), retries, supported_errors=(redis.ConnectionError,)),
        protocol=2,
    )


@contextmanager
def reaching_memory() -> Iterator[redis.Redis]:
    """Raises MemoryUnavailable for whatever goes wrong between us and Redis."""
    _outage.check(patience=settings.MEMORY_SECONDS)
    client = connect()
    try:
        yield client
    except (redis.ConnectionError, redis.TimeoutError):
        if client is connect():  # of one that was forgotten meanwhile it says nothing of the next
            _outage.begin()
        raise MemoryUnavailable("Redis did not answer") from None
    except redis.RedisError:
        _outage.end()  # it speaks: whoever comes next need not wait to be refused as well, or to be served again
        raise MemoryUnavailable("Redis refused a command") from None
    _outage.end()


@contextmanager
def keeping_connection_open() -> Iterator[redis.Redis]:
    """A client of its own, for a connection that lasts. Raises MemoryUnavailable.

    Its loss says nothing of the others, and it has a thread of its own: it neither heeds an outage nor begins one. And
    it is reported: redis-py, left to retry, would subscribe anew without a word of what was missed.
    """
    client = _make_client(retries=0)
    try:
        yield client
    except redis.RedisError:
        raise MemoryUnavailable("Redis has closed a connection, or refused it") from None
    finally:
        client.close()


def memory_now_ms() -> int:
    """Redis' time, epoch ms: what every deadline in memory is reckoned by. Raises MemoryUnavailable."""
    known = _clock.read()
    if known is None:
        with reaching_memory() as memory:
            seconds, micros = memory.time()
        known = seconds * 1000 + micros // 1000
        _clock.set(known)
    return known


def shared_now_ms() -> int:
    """The time all machines share, epoch ms: Redis' own where it answers, else this machine's."""
    known = _clock.read()  # at every tick: no more calls than this
    if known is not None:
        return known
    try:
        return memory_now_ms()
    except MemoryUnavailable:
        return now_ms()


def learn_now(redis_ms: int) -> int:
    """What Redis has just said of its time, epoch ms; returns it."""
    _clock.set(redis_ms)
    return redis_ms


@cache
def _script(source: str, *, is_clocked: bool = False) -> Any:
    return connect().register_script(_NOW + source if is_clocked else source)


def run_script(source: str, *, keys: Sequence[str], args: Sequence[str | bytes | int | float]) -> Any:
    """Run a Lua script atomically on keys under our prefix. Raises MemoryUnavailable."""
    with reaching_memory():
        return _script(source)(keys=[PREFIX + key for key in keys], args=args)


def run_clocked_script(source: str, *, keys: Sequence[str], args: Sequence[str | bytes | int | float]) -> list[Any]:
    """As `run_script`, for a script that reads `now`, Redis' time in epoch ms, and returns it as its first value.

    So this process knows Redis' time from each of its answers. Raises MemoryUnavailable.
    """
    with reaching_memory():
        answer: list[Any] = _script(source, is_clocked=True)(keys=[PREFIX + key for key in keys], args=args)
    learn_now(answer[0])
    return answer


def forget_connection() -> None:
    """The next verb connects anew: settings have changed, or this process was forked."""
    if connect.cache_info().currsize:
        connect().close()
    connect.cache_clear()
    _script.cache_clear()
    _outage.end()
    _clock.forget()


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000
