"""Ways to make a stack's memory refuse what is written to it, and to make it well again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.running_stack import RunningStack
from tests.support.stack_processes import redis_of


def become_replica(memory: Any) -> None:
    memory.execute_command("REPLICAOF", "127.0.0.1", "1")


def become_master(memory: Any) -> None:
    memory.execute_command("REPLICAOF", "NO", "ONE")


def fill_up(memory: Any) -> None:
    memory.config_set("maxmemory-policy", "noeviction")
    memory.config_set("maxmemory", "1")


def make_room(memory: Any) -> None:
    memory.config_set("maxmemory", "512mb")


# What refuses, and what makes it well again.
REFUSALS = [(become_replica, become_master), (fill_up, make_room)]


@contextmanager
def redis_to_break(stack: RunningStack) -> Iterator[Any]:
    """A client of the stack's memory; well again afterwards, for it serves other tests too."""
    with redis_of(stack) as client:
        before = client.config_get("maxmemory*")
        yield client
        client.execute_command("REPLICAOF", "NO", "ONE")
        for name in ("maxmemory", "maxmemory-policy"):
            client.config_set(name, before[name])
