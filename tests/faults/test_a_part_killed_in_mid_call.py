"""SIGKILL while LivePerson is being asked, thirty visits watched: all are soon fresh again, once an interval."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import pytest

from tests.cli.launched_demo import Launched
from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_processes import processes_of
from tests.support.stack_subjects import VisitSubject

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")

VISITS = 30
INTERVAL_MS = 1_000
SLOW_SECONDS = 0.5
# Two intervals, the start of a process and its imports, and room for a busy machine.
FRESH_SECONDS = 20.0
WATCHED_INTERVALS = 6


@pytest.fixture(autouse=True)
def _liveperson_is_slow(stack: RunningStack) -> Iterator[None]:
    number = stack.fault("slow", seconds=SLOW_SECONDS)
    yield
    stack.lift_fault(number)


def worker_tree(parts: Launched) -> list[int]:
    return parts.find_all("The worker")


def web_worker(parts: Launched) -> list[int]:
    _, *workers = parts.find_all("The web server")
    return workers


def valkey(parts: Launched) -> list[int]:
    return parts.find_all("Valkey")


def calls_since(stack: RunningStack, subjects: Sequence[VisitSubject], at_ms: int) -> dict[VisitSubject, list[int]]:
    return {s: [at for at in moments if at > at_ms] for s, moments in stack.arrivals(subjects).items()}


@pytest.mark.parametrize("find_victims", [worker_tree, web_worker, valkey])
def test_all_are_fresh_again(stack: RunningStack, find_victims: Callable[[Launched], list[int]]) -> None:
    parts = processes_of(stack)
    subjects = stack.create_visits(VISITS)
    with Panels(stack, subjects) as panels:
        panels.wait_until_live()
        victims = find_victims(parts)
        assert victims

        parts.kill(*victims)
        killed_ms = now_ms()
        panels.wait_until_live(since_ms=killed_ms, seconds=FRESH_SECONDS)

        panels.wait_until_live(since_ms=now_ms() + INTERVAL_MS, seconds=FRESH_SECONDS)
        steady_ms = now_ms()
        time.sleep(WATCHED_INTERVALS * INTERVAL_MS / 1000)
        calls = calls_since(stack, subjects, steady_ms)

    gaps = [later - earlier for each in calls.values() for earlier, later in pairwise(each)]
    assert min(gaps) > SLOW_SECONDS * 1000  # none is asked for while its last call is under way
    assert max(map(len, calls.values())) <= WATCHED_INTERVALS + 1
    assert min(map(len, calls.values())) >= WATCHED_INTERVALS // 2
