"""A thousand visits come and go at a fast heartbeat: once nobody watches, no queue, claim, lease or watch is left."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.panels import Panels
from tests.support.running_stack import RunningStack, run_stack
from tests.support.stack_processes import redis_of

VISITS, AT_ONCE = 1_000, 100
# A watch lasts thirteen seconds; what comes after it are turns of a shift, a second or two each.
GONE_SECONDS = 40.0
# Counters for the metrics page, and kombu's notes of which queue is bound to what: of no visit, and of a size.
FOR_EVER = ("lpc:q:_kombu.",)
OF_WATCHES = ("lpc:due:", "lpc:h:", "lpc:w:", "lpc:l:", "lpc:active")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    with run_stack(tmp_path_factory.mktemp("gone"), REFRESH_SECONDS="0.2") as running:
        yield running


def keys_of(memory: Any) -> list[str]:
    return sorted(key for key in memory.scan_iter("*", count=1_000) if not key.startswith(FOR_EVER))


def test_a_thousand_visits_leave_nothing(stack: RunningStack) -> None:
    apart = stack.create_visit_apart("documented")
    subjects = [*stack.create_visits(VISITS - AT_ONCE), apart, *stack.create_visits(AT_ONCE - 1, like=apart)]
    for start in range(0, VISITS, AT_ONCE):
        with Panels(stack, subjects[start : start + AT_ONCE]) as panels:
            panels.wait_until_each_was_live()

    with redis_of(stack) as memory:
        deadline = time.monotonic() + GONE_SECONDS
        while left := [key for key in keys_of(memory) if key.startswith(OF_WATCHES)]:
            assert time.monotonic() < deadline, left
            time.sleep(0.2)
        ends = {key: memory.pttl(key) for key in keys_of(memory)}
    assert [key for key, ms in ends.items() if ms == -1] == []
    assert len([key for key in ends if key.startswith("lpc:s:")]) == VISITS
