"""The broker takes connections and never answers, while memory is well: no tick waits for it, no shift ends of it."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator

import pytest
import requests

from tests.support.broker_proxy import BrokerProxy, run_broker_proxy
from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack, run_stack
from tests.support.stack_processes import processes_of
from tests.support.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")

WATCHED_SECONDS = 6.0
# A tick that waited for the broker would take seconds, where it takes a millisecond or two.
MUCH_SLOWER = 20
BACK_SECONDS = 15.0


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerProxy]:
    with run_broker_proxy(tmp_path_factory.mktemp("silent")) as running:
        yield running


@pytest.fixture(scope="module")
def stack(line: BrokerProxy) -> Iterator[RunningStack]:
    with run_stack(line.folder, BROKER_URL=line.url) as running:
        yield running


def ask_livez(stack: RunningStack, *, seconds: float) -> list[float]:
    """How long each answer took."""
    until, took = time.monotonic() + seconds, []
    while time.monotonic() < until:
        begun = time.monotonic()
        assert requests.get(f"{stack.url}/livez", timeout=PATIENCE_SECONDS).status_code == 200
        took.append(time.monotonic() - begun)
        time.sleep(0.05)
    return took


def test_ticks_stay_quick_and_shifts_go_on(stack: RunningStack, line: BrokerProxy) -> None:
    worker = processes_of(stack).find("The worker")
    watched, cold = stack.create_visits(12), [stack.create_visit_apart("documented") for _ in range(8)]
    with Panels(stack, watched) as panels:
        panels.wait_until_live()
        before_ms = now_ms()
        livez_before = ask_livez(stack, seconds=WATCHED_SECONDS)
        ticks_before = [result.took for result in panels.results_since(before_ms)]

        line.fall_silent()
        silent_ms = now_ms()
        with Panels(stack, cold) as waiting:
            livez = ask_livez(stack, seconds=WATCHED_SECONDS)
            ticks = [result.took for result in panels.results_since(silent_ms) + waiting.results_since(silent_ms)]
            assert {result.state for result in waiting.last()} == {"waiting"}
            assert panels.are_live(since_ms=silent_ms + 2_000)

            line.speak_again()
            waiting.wait_until_live(seconds=BACK_SECONDS)

    assert statistics.quantiles(ticks, n=20)[-1] < MUCH_SLOWER * statistics.quantiles(ticks_before, n=20)[-1]
    assert statistics.quantiles(livez, n=20)[-1] < MUCH_SLOWER * statistics.quantiles(livez_before, n=20)[-1]
    assert "Traceback" not in stack.log()
    assert processes_of(stack).find("The worker") == worker
