"""The broker refuses what it is asked while memory is well: watched panels never notice, new ones are live soon."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.faults.own_broker import AWAY_SECONDS, BACK_SECONDS, VISITS, Fault, watch_while
from tests.support.panels import Panels
from tests.support.running_stack import RunningStack

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")


@contextmanager
def as_replica(broker: Any) -> Iterator[None]:
    broker.execute_command("REPLICAOF", "127.0.0.1", "1")
    try:
        yield
    finally:
        broker.execute_command("REPLICAOF", "NO", "ONE")


@contextmanager
def full(broker: Any) -> Iterator[None]:
    broker.config_set("maxmemory-policy", "noeviction")
    broker.config_set("maxmemory", "1")
    try:
        yield
    finally:
        broker.config_set("maxmemory", "512mb")


@contextmanager
def refusing_everybody(broker: Any) -> Iterator[None]:
    """Every command but ours: `NOPERM`, as after a change of its users."""
    broker.execute_command("ACL", "SETUSER", "default", "-@all", "+acl", "+client")
    try:
        yield
    finally:
        broker.execute_command("ACL", "SETUSER", "default", "+@all")


FAULTS = [as_replica, full, refusing_everybody]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_watched_panels_stay_live_and_cold_ones_follow(
    own_broker_stack: RunningStack, own_broker: Any, fault: Fault
) -> None:
    watch_while(own_broker_stack, fault(own_broker))


def test_a_refusing_broker_is_not_left_with_lines_nobody_uses(own_broker_stack: RunningStack, own_broker: Any) -> None:
    with Panels(own_broker_stack, own_broker_stack.create_visits(VISITS)) as panels:
        panels.wait_until_live()
        before = len(own_broker.client_list())
        with as_replica(own_broker):
            time.sleep(AWAY_SECONDS)
        new = own_broker_stack.open_panel(own_broker_stack.create_visit_apart("documented"))
        own_broker_stack.wait_for(new, "live", seconds=BACK_SECONDS)
    # A process that asked for nothing before may hold one or two now.
    assert len(own_broker.client_list()) <= before + 4
