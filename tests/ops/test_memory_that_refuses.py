"""A memory that answers and keeps nothing is no memory: /readyz says so, and says when it is well again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from lpcontext.snapshots import renew_lock
from lpcontext.snapshots.memory import PREFIX, connect
from lpcontext.snapshots.naming import COUNTS

pytestmark = pytest.mark.django_db

READY = (200, {"status": "ready", "database": "ok", "memory": "ok", "worker": "ok"})
REFUSING = (503, {"status": "not ready", "database": "ok", "memory": "down", "worker": "ok"})


@pytest.fixture
def valkey(memory: None) -> Iterator[Any]:
    """The real one, with a worker's lock in it; well again afterwards, for it serves other tests too."""
    redis: Any = connect()
    renew_lock("worker", seconds=60)
    before = redis.config_get("maxmemory*")
    yield redis
    redis.execute_command("REPLICAOF", "NO", "ONE")
    for name in ("maxmemory", "maxmemory-policy"):
        redis.config_set(name, before[name])


def _read_status(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/readyz")
    return answer.status_code, json.loads(answer.content)


def test_a_replica_is_no_memory(client: Client, valkey: Any) -> None:
    assert _read_status(client) == READY

    valkey.execute_command("REPLICAOF", "127.0.0.1", "1")
    assert _read_status(client) == REFUSING

    valkey.execute_command("REPLICAOF", "NO", "ONE")
    assert _read_status(client) == READY


def test_a_full_memory_that_may_drop_nothing_is_no_memory(client: Client, valkey: Any) -> None:
    limit = valkey.config_get("maxmemory")["maxmemory"]
    valkey.config_set("maxmemory-policy", "noeviction")
    valkey.config_set("maxmemory", "1")
    assert _read_status(client) == REFUSING

    valkey.config_set("maxmemory", limit)
    assert _read_status(client) == READY


def test_metrics_say_it_too(client: Client, valkey: Any) -> None:
    valkey.execute_command("REPLICAOF", "127.0.0.1", "1")

    assert 'lpcontext_ready{part="memory"} 0.0\n' in client.get("/metrics").text


def test_the_question_leaves_nothing_in_memory_for_long(client: Client, valkey: Any) -> None:
    _read_status(client)

    # A thread of another test may still be counting something; the question counts nothing.
    left = [key for key in valkey.keys("*") if key != f"{PREFIX}{COUNTS}".encode()]
    assert [valkey.pttl(key) for key in left if not 0 < valkey.pttl(key) <= 60_000] == []
