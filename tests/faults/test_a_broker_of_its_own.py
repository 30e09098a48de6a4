"""The broker fails while memory is well: watched panels never notice, and new ones are live soon after."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import redis

from lpcontext.cli.supervisor import Supervisor
from lpcontext.cli.valkey import start_valkey
from tests.support.environment import clean_environment
from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack, run_stack
from tests.support.stack_processes import processes_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")

VISITS, COLD = 12, 4
AWAY_SECONDS = 6.0
# A worker is back within five seconds of its broker; the rest is room for a busy machine.
BACK_SECONDS = 10.0
Harm = Callable[[Any], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def broker() -> Iterator[Any]:
    with TemporaryDirectory(prefix="lpc-b-") as folder, Supervisor() as supervisor:
        address = start_valkey(supervisor, folder=Path(folder), environment=clean_environment(folder))
        with redis.Redis.from_url(address, decode_responses=True) as client:
            yield client


@pytest.fixture(scope="module")
def stack(broker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    url = "unix://" + broker.connection_pool.connection_kwargs["path"]
    with run_stack(tmp_path_factory.mktemp("broker"), BROKER_URL=url) as running:
        yield running


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
def silent(broker: Any) -> Iterator[None]:
    pid = broker.info("server")["process_id"]
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def refusing_everybody(broker: Any) -> Iterator[None]:
    """Every command but ours: `NOPERM`, as after a change of its users."""
    broker.execute_command("ACL", "SETUSER", "default", "-@all", "+acl", "+client")
    try:
        yield
    finally:
        broker.execute_command("ACL", "SETUSER", "default", "+@all")


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


HARMS = [as_replica, full, silent, refusing_everybody, cutting_lines, forgetful, unblocking]


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_watched_panels_stay_live_and_cold_ones_follow(stack: RunningStack, broker: Any, harm: Harm) -> None:
    worker = processes_of(stack).find("The worker")
    with Panels(stack, stack.create_visits(VISITS)) as panels:
        panels.wait_until_live()
        harmed_ms = now_ms()
        with ExitStack() as opened:
            with harm(broker):
                cold = opened.enter_context(
                    Panels(stack, [stack.create_visit_apart("documented") for _ in range(COLD)])
                )
                time.sleep(AWAY_SECONDS)
            cold.wait_until_live(seconds=BACK_SECONDS)
            states = {told.state for told in panels.results_since(harmed_ms)}
    assert states == {"live"}
    assert processes_of(stack).find("The worker") == worker


def test_a_refusing_broker_is_not_left_with_lines_nobody_uses(stack: RunningStack, broker: Any) -> None:
    with Panels(stack, stack.create_visits(VISITS)) as panels:
        panels.wait_until_live()
        before = len(broker.client_list())
        with as_replica(broker):
            time.sleep(AWAY_SECONDS)
        stack.wait_for(stack.open_panel(stack.create_visit_apart("documented")), "live", seconds=BACK_SECONDS)
    # A process that asked for nothing before may hold one or two now.
    assert len(broker.client_list()) <= before + 4
