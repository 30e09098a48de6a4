"""Memory and broker refuse, forget or hang up with panels open: all live again by themselves, in the same worker."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.redis_faults import REFUSALS
from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_processes import processes_of, wait_for_readiness

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")

VISITS = 12
AWAY_SECONDS = 6.0
# Two intervals of one second, the five seconds a worker may take to be back, and room for a busy machine.
BACK_SECONDS = 15.0
# How soon /readyz says what is so, and as many of its usual answers as may come on top on a busy machine.
TRUTH_SECONDS, MORE_ANSWERS = 5.0, 20


def keep_looking_anew(stack: RunningStack, *, seconds: float) -> None:
    """Subjects of accounts nobody watches yet: each asks the broker for a shift, which is what it refuses."""
    until = time.monotonic() + seconds
    subjects = [stack.create_visit_apart("documented") for _ in range(3)]
    while time.monotonic() < until:
        for subject in subjects:
            stack.request_ticket(subject)
        time.sleep(0.5)


@pytest.mark.parametrize(("break_it", "mend_it"), REFUSALS)
def test_writes_that_are_refused_for_a_while(
    stack: RunningStack, breakable_redis: Any, break_it: Callable[[Any], None], mend_it: Callable[[Any], None]
) -> None:
    worker = processes_of(stack).find("The worker")
    subjects = [stack.create_visit_apart("documented"), *stack.create_visits(VISITS)]
    with Panels(stack, subjects) as panels:
        panels.wait_until_live()
        usual_seconds = max(wait_for_readiness(stack, "200") for _ in range(5))

        break_it(breakable_redis)
        said_down = wait_for_readiness(stack, "503")
        keep_looking_anew(stack, seconds=AWAY_SECONDS)
        mend_it(breakable_redis)
        well_ms = now_ms()

        said_well = wait_for_readiness(stack, "200")
        panels.wait_until_live(since_ms=well_ms, seconds=BACK_SECONDS)
        stack.wait_for(stack.open_panel(stack.create_visit_apart("documented")), "live", seconds=BACK_SECONDS)
    assert max(said_down, said_well) < TRUTH_SECONDS + MORE_ANSWERS * usual_seconds
    assert processes_of(stack).find("The worker") == worker


def forget_everything(redis: Any) -> None:
    redis.flushall()


def cut_all_lines(redis: Any) -> None:
    for kind in ("normal", "pubsub"):
        redis.client_kill_filter(_type=kind, skipme=True)


def unblock_with_an_error(redis: Any) -> None:
    """As a master does to whoever waits in BRPOP when it becomes a replica."""
    waiting = [each["id"] for each in redis.client_list() if each["cmd"] == "brpop"]
    assert waiting
    assert sum(redis.client_unblock(each, error=True) for each in waiting) >= 1


@pytest.mark.parametrize("break_it", [forget_everything, cut_all_lines, unblock_with_an_error])
def test_a_blow(stack: RunningStack, breakable_redis: Any, break_it: Callable[[Any], None]) -> None:
    worker = processes_of(stack).find("The worker")
    with Panels(stack, stack.create_visits(VISITS)) as panels:
        panels.wait_until_live()
        for _ in range(3):
            break_it(breakable_redis)
            struck_ms = now_ms()
            panels.wait_until_live(since_ms=struck_ms, seconds=BACK_SECONDS)
            stack.wait_for(stack.open_panel(stack.create_visit_apart("documented")), "live", seconds=BACK_SECONDS)
        wait_for_readiness(stack, "200")
    assert processes_of(stack).find("The worker") == worker
