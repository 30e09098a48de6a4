"""Memory falls silent for a while, with panels open: all say so, and are live again by themselves, same worker."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_processes import processes_of, wait_for_readiness

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")

VISITS = 12
# Two intervals of one second, the five seconds a worker may take to be back, and room for a busy machine.
BACK_SECONDS = 15.0
# How soon /readyz says what is so, and as many of its usual answers as may come on top on a busy machine.
TRUTH_SECONDS, MORE_ANSWERS = 5.0, 20


def test_a_memory_that_falls_silent_for_a_while(stack: RunningStack) -> None:
    parts = processes_of(stack)
    worker, valkey = parts.find("The worker"), parts.find("Valkey")
    with Panels(stack, stack.create_visits(VISITS)) as panels:
        panels.wait_until_live()
        usual_seconds = max(wait_for_readiness(stack, "200") for _ in range(5))
        os.kill(valkey, signal.SIGSTOP)
        try:
            silent_ms = now_ms()
            said_down = wait_for_readiness(stack, "503")
            time.sleep(TRUTH_SECONDS + 5)  # panels ask a memory that is down every three seconds
            results = panels.results_since(silent_ms + int(TRUTH_SECONDS * 1000))
        finally:
            os.kill(valkey, signal.SIGCONT)
        well_ms = now_ms()
        said_well = wait_for_readiness(stack, "200")
        panels.wait_until_live(since_ms=well_ms, seconds=BACK_SECONDS)
        stack.wait_for(stack.open_panel(stack.create_visit_apart("documented")), "live", seconds=BACK_SECONDS)
    assert max(said_down, said_well) < TRUTH_SECONDS + MORE_ANSWERS * usual_seconds
    assert results
    assert {each.state for each in results} == {"memory-down"}
    assert parts.find("The worker") == worker
