"""A broker of a stack's own, apart from its memory: what is watched while it fails, and what must follow."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any

from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_processes import processes_of

VISITS, COLD = 12, 4
AWAY_SECONDS = 6.0
# A worker is back within five seconds of its broker; the rest is room for a busy machine.
BACK_SECONDS = 10.0
Fault = Callable[[Any], AbstractContextManager[None]]


def watch_while(stack: RunningStack, fault: AbstractContextManager[None]) -> None:
    """Watched panels stay live all the while, cold ones are live soon after, and the worker is still the same."""
    worker = processes_of(stack).find("The worker")
    with Panels(stack, stack.create_visits(VISITS)) as panels:
        panels.wait_until_live()
        struck_ms = now_ms()
        with ExitStack() as opened:
            with fault:
                subjects = [stack.create_visit_apart("documented") for _ in range(COLD)]
                cold = opened.enter_context(Panels(stack, subjects))
                time.sleep(AWAY_SECONDS)
            cold.wait_until_live(seconds=BACK_SECONDS)
            states = {result.state for result in panels.results_since(struck_ms)}
    assert states == {"live"}
    assert processes_of(stack).find("The worker") == worker
