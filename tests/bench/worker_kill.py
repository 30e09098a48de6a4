"""The worker killed in mid-call: how long until every watched visit is fresh again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from typing import Any

from tests.bench.load_rows import INTERVAL_SECONDS, Spans
from tests.bench.load_stack import StackUnderLoad, run_load_stack, running_panels
from tests.bench.processes import find_part

# Long enough for some calls to be under way at any moment.
UPSTREAM_MS = 200
_WATCHED_SECONDS = 6 * INTERVAL_SECONDS


def measure_worker_kill(spans: Spans, *, visits: int = 200) -> dict[str, Any]:
    """`intervals` until LivePerson had answered anew for the last visit, `heard_intervals` until its panel said so.

    None for never. The panel's own tick comes on top: it cannot know that an answer it waited for was lost.
    """
    with run_load_stack(delay_ms=UPSTREAM_MS) as stack, running_panels(port=stack.port, visits=visits) as panels:
        time.sleep(spans.settle)
        panels.begin()
        stack.liveperson.begin()
        killed_ms, in_flight = kill_worker_in_mid_call(stack)
        until = time.monotonic() + _WATCHED_SECONDS
        while time.monotonic() < until and not stack.has_ended():
            time.sleep(0.1)
        if stack.has_ended():
            return {"house_ended_after_seconds": time.time() - killed_ms / 1000, "in_flight": in_flight}
        arrivals = stack.liveperson.arrivals()
        results = panels.end(timeline=True)
    fresh = [find_fresh(heard, killed_ms) for heard in results.pop("timeline")]
    return {
        "in_flight": in_flight,
        "visits_without": fresh.count(None),
        "intervals": _count_intervals([find_asked(asked, killed_ms) for asked in arrivals.values()], killed_ms),
        "heard_intervals": _count_intervals([at and at[1] for at in fresh], killed_ms),
        "panels": results,
    }


def kill_worker_in_mid_call(stack: StackUnderLoad) -> tuple[int, int]:
    """Kill the worker's whole tree at once; returns when (epoch ms) and how many calls were under way."""
    while not (in_flight := stack.liveperson.in_flight()):
        time.sleep(0.01)
    worker = find_part(stack.process.pid, "worker")
    if not worker:
        raise SystemExit("the stack has no worker to kill")
    killed_ms = time.time_ns() // 1_000_000
    for pid in worker:
        os.kill(pid, signal.SIGKILL)
    return killed_ms, in_flight


def find_fresh(heard: Sequence[Sequence[int]], killed_ms: int) -> tuple[int, int] | None:
    """The first answer younger than the kill: as of when, and when a panel said so. Epoch ms."""
    return next(((as_of, said_at) for as_of, said_at in heard if as_of > killed_ms), None)


def find_asked(arrivals: Sequence[int], killed_ms: int) -> int | None:
    """When LivePerson answered the first call that came after the kill. Epoch ms."""
    return next((at + UPSTREAM_MS for at in sorted(arrivals) if at > killed_ms), None)


def _count_intervals(moments: Sequence[int | None], killed_ms: int) -> float | None:
    if not moments or None in moments:
        return None
    return (max(moment for moment in moments if moment) - killed_ms) / 1000 / INTERVAL_SECONDS
