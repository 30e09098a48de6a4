"""One account's LivePerson is slow or resets every call: its visits say so, and no other account's are late for it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack, run_stack

pytestmark = pytest.mark.concurrent

OTHERS = 12
MORE_THAN_AT_ONCE = 40
WATCHED_SECONDS = 12.0
# Two intervals of a second, and what passes until a test has read the answer.
STALE_MS = 2_000 + 2_000


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    with run_stack(tmp_path_factory.mktemp("slow"), READ_SECONDS="40") as running:
        yield running


@pytest.mark.parametrize(
    ("fault", "seconds", "visits", "word"),
    [("slow", 6, MORE_THAN_AT_ONCE, "delayed"), ("slow", 30, MORE_THAN_AT_ONCE, "delayed"), ("reset", 0, 24, "cached")],
)
def test_the_others_stay_on_time(stack: RunningStack, fault: str, seconds: float, visits: int, word: str) -> None:
    struck, others = (
        stack.create_visits_apart(visits),
        [stack.create_visit_apart("documented"), *stack.create_visits(OTHERS)],
    )
    with Panels(stack, struck) as slow, Panels(stack, others) as quick:
        slow.wait_until_live()
        quick.wait_until_live()
        number = stack.fault(fault, account=struck[0].account, seconds=seconds)
        struck_ms = now_ms()
        try:
            time.sleep(WATCHED_SECONDS)
            results, other_results = slow.results_since(struck_ms), quick.results_since(struck_ms)
        finally:
            stack.lift_fault(number)

    assert {each.state for each in other_results} == {"live"}
    assert {word} <= {each.state for each in results} <= {word, "live"}
    ages = [each.at_ms - each.as_of_ms for each in results if each.state == "live" and each.as_of_ms]
    assert max(ages, default=0) <= STALE_MS
