"""Memory and broker fail, refuse or forget, with panels open: they come back live by themselves, in the same worker."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.redis_faults import REFUSALS, redis_to_break
from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_processes import processes_of, read_readiness

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")

VISITS = 12
AWAY_SECONDS = 6.0
# Two intervals of one second, the five seconds a worker may take to be back, and room for a busy machine.
BACK_SECONDS = 15.0
TRUTH_SECONDS = 5.0


@pytest.fixture
def memory(stack: RunningStack) -> Iterator[Any]:
    with redis_to_break(stack) as client:
        yield client


def wait_for_readiness(stack: RunningStack, code: str) -> float:
    begun = time.monotonic()
    while read_readiness(stack).get("code") != code:
        assert time.monotonic() - begun < BACK_SECONDS, read_readiness(stack)
        time.sleep(0.1)
    return time.monotonic() - begun


def keep_looking_anew(stack: RunningStack, *, seconds: float) -> None:
    """Subjects of accounts nobody watches yet: each asks the broker for a shift, which is what it refuses."""
    until = time.monotonic() + seconds
    subjects = [stack.create_visit_apart("documented") for _ in range(3)]
    while time.monotonic() < until:
        for subject in subjects:
            stack.request_ticket(subject)
        time.sleep(0.5)


@pytest.mark.parametrize(("harm", "mend"), REFUSALS)
def test_writes_that_are_refused_for_a_while(
    stack: RunningStack, memory: Any, harm: Callable[[Any], None], mend: Callable[[Any], None]
) -> None:
    worker = processes_of(stack).find("The worker")
    subjects = [stack.create_visit_apart("documented"), *stack.create_visits(VISITS)]
    with Panels(stack, subjects) as panels:
        panels.wait_until_live()

        harm(memory)
        told_the_truth = wait_for_readiness(stack, "503")
        keep_looking_anew(stack, seconds=AWAY_SECONDS)
        mend(memory)
        well_ms = now_ms()

        said_well = wait_for_readiness(stack, "200")
        panels.wait_until_live(since_ms=well_ms, seconds=BACK_SECONDS)
        stack.wait_for(stack.open_panel(stack.create_visit_apart("documented")), "live", seconds=BACK_SECONDS)
    assert max(told_the_truth, said_well) < TRUTH_SECONDS
    assert processes_of(stack).find("The worker") == worker


def forget_everything(memory: Any) -> None:
    memory.flushall()


def cut_all_lines(memory: Any) -> None:
    for kind in ("normal", "pubsub"):
        memory.client_kill_filter(_type=kind, skipme=True)


def unblock_with_an_error(memory: Any) -> None:
    """As a master does to whoever waits in BRPOP when it becomes a replica."""
    waiting = [each["id"] for each in memory.client_list() if each["cmd"] == "brpop"]
    assert waiting
    assert sum(memory.client_unblock(each, error=True) for each in waiting) >= 1


@pytest.mark.parametrize("harm", [forget_everything, cut_all_lines, unblock_with_an_error])
def test_a_blow(stack: RunningStack, memory: Any, harm: Callable[[Any], None]) -> None:
    worker = processes_of(stack).find("The worker")
    with Panels(stack, stack.create_visits(VISITS)) as panels:
        panels.wait_until_live()
        for _ in range(3):
            harm(memory)
            struck_ms = now_ms()
            panels.wait_until_live(since_ms=struck_ms, seconds=BACK_SECONDS)
            stack.wait_for(stack.open_panel(stack.create_visit_apart("documented")), "live", seconds=BACK_SECONDS)
        wait_for_readiness(stack, "200")
    assert processes_of(stack).find("The worker") == worker


def test_a_memory_that_falls_silent_for_a_while(stack: RunningStack, memory: Any) -> None:
    parts = processes_of(stack)
    worker, valkey = parts.find("The worker"), parts.find("Valkey")
    with Panels(stack, stack.create_visits(VISITS)) as panels:
        panels.wait_until_live()
        os.kill(valkey, signal.SIGSTOP)
        try:
            silent_ms = now_ms()
            told_the_truth = wait_for_readiness(stack, "503")
            time.sleep(TRUTH_SECONDS + 5)  # panels ask a memory that is down every three seconds
            told = panels.results_since(silent_ms + int(TRUTH_SECONDS * 1000))
        finally:
            os.kill(valkey, signal.SIGCONT)
        well_ms = now_ms()
        said_well = wait_for_readiness(stack, "200")
        panels.wait_until_live(since_ms=well_ms, seconds=BACK_SECONDS)
        stack.wait_for(stack.open_panel(stack.create_visit_apart("documented")), "live", seconds=BACK_SECONDS)
    assert max(told_the_truth, said_well) < TRUTH_SECONDS
    assert told
    assert {each.state for each in told} == {"memory-down"}
    assert parts.find("The worker") == worker
