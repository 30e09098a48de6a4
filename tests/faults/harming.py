"""Ways to make a house's memory refuse what is written to it, and to make it well again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.house import House
from tests.support.parts import memory_of


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
def memory_to_harm(house: House) -> Iterator[Any]:
    """A client of the house's memory; well again afterwards, for it serves other tests too."""
    with memory_of(house) as client:
        before = client.config_get("maxmemory*")
        yield client
        client.execute_command("REPLICAOF", "NO", "ONE")
        for name in ("maxmemory", "maxmemory-policy"):
            client.config_set(name, before[name])
