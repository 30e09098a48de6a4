"""The broker is silent, forgets or hangs up and memory is well: watched panels never notice, new ones are live soon."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.faults.own_broker import Fault, watch_while
from tests.support.running_stack import RunningStack

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")


@contextmanager
def silent(broker: Any) -> Iterator[None]:
    pid = broker.info("server")["process_id"]
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def cutting_lines(broker: Any) -> Iterator[None]:
    for _ in range(5):
        for kind in ("normal", "pubsub"):
            broker.client_kill_filter(_type=kind, skipme=True)
        time.sleep(0.3)
    yield


@contextmanager
def forgetful(broker: Any) -> Iterator[None]:
    broker.flushall()
    yield
    broker.flushall()


@contextmanager
def unblocking(broker: Any) -> Iterator[None]:
    """As a master does to whoever waits when it becomes a replica."""
    waiting = [each["id"] for each in broker.client_list() if each["cmd"] == "brpop"]
    assert sum(broker.client_unblock(each, error=True) for each in waiting) >= 1
    yield


FAULTS = [silent, cutting_lines, forgetful, unblocking]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_watched_panels_stay_live_and_cold_ones_follow(
    own_broker_stack: RunningStack, own_broker: Any, fault: Fault
) -> None:
    watch_while(own_broker_stack, fault(own_broker))
