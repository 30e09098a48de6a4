"""Memory refuses for a moment, at whatever point of a shift's turn: the shift goes on and concludes nothing wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.redis_faults import REFUSALS, become_master, become_replica
from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack, run_stack

VISITS = 12
# Half the usual one: there is much to go through, and nothing here depends on how long it is.
INTERVAL_SECONDS = 0.5
BACK_SECONDS = 15.0


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    with run_stack(tmp_path_factory.mktemp("struck"), REFRESH_SECONDS=str(INTERVAL_SECONDS)) as running:
        yield running


@pytest.mark.parametrize(("break_it", "mend_it"), REFUSALS)
def test_a_memory_that_refuses_again_and_again_for_a_moment(
    stack: RunningStack, breakable_redis: Any, break_it: Callable[[Any], None], mend_it: Callable[[Any], None]
) -> None:
    """Wherever in its turn a shift was struck, it goes on."""
    with Panels(stack, stack.create_visits(VISITS)) as panels:
        for part in range(10):
            panels.wait_until_live(since_ms=now_ms(), seconds=BACK_SECONDS)
            time.sleep(part / 10 * INTERVAL_SECONDS)
            break_it(breakable_redis)
            time.sleep(0.4 * INTERVAL_SECONDS)
            mend_it(breakable_redis)
        panels.wait_until_live(since_ms=now_ms(), seconds=BACK_SECONDS)


def logins(stack: RunningStack) -> int:
    return int(stack.control("GET", "log")["kinds"].get("login", 0))


def test_a_log_in_that_cannot_be_kept_is_no_verdict_on_the_visit(stack: RunningStack, breakable_redis: Any) -> None:
    subject = stack.create_visit_apart("documented")
    asked = logins(stack)
    stack.fault("slow", account=subject.account, service="agentVep", kinds=["login"], seconds=1.5)
    look = stack.open_panel(subject)
    stack.tick_until(look, lambda _: logins(stack) > asked)

    become_replica(breakable_redis)
    time.sleep(2.5)
    stack.clear_faults()
    become_master(breakable_redis)

    stack.wait_for(look, "live", seconds=BACK_SECONDS)
    assert "a fault of ours" not in stack.log()
