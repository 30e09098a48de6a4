"""The connection to Redis, and the one error that says it is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

PREFIX = "lpc:"


class MemoryUnavailable(Exception):
    """Redis cannot be reached, or refuses us."""


@cache
def connect() -> redis.Redis:
    """The one client of this process; its pool is thread safe. One retry covers a connection the server closed."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=2.0,
        socket_connect_timeout=1.0,
        health_check_interval=30,
        retry=Retry(NoBackoff(), 1),
        protocol=2,
    )


@contextmanager
def reaching_memory() -> Iterator[redis.Redis]:
    """Raises MemoryUnavailable for whatever goes wrong between us and Redis."""
    try:
        yield connect()
    except redis.RedisError:
        raise MemoryUnavailable("Redis did not answer") from None


def memory_is_reachable() -> bool:
    try:
        with reaching_memory() as memory:
            return bool(memory.ping())
    except MemoryUnavailable:
        return False


@cache
def _script(source: str) -> Any:
    return connect().register_script(source)


def run_script(source: str, *, keys: Sequence[str], args: Sequence[str | int | float]) -> Any:
    """Run a Lua script atomically on keys under our prefix. Raises MemoryUnavailable."""
    with reaching_memory():
        return _script(source)(keys=[PREFIX + key for key in keys], args=list(args))


def forget_connection() -> None:
    """The next verb connects anew: settings have changed, or this process was forked."""
    if connect.cache_info().currsize:
        connect().close()
    connect.cache_clear()
    _script.cache_clear()
