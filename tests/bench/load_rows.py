"""The load rows: what a watched visit costs, and what agents see with hundreds and thousands of them.

Everything is one machine: the stack, LivePerson's stand-in, the panels. Each row has a stack of its own.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import Any

from tests.bench.load_stack import PanelsProcess, StackUnderLoad, run_load_stack, running_panels
from tests.bench.processes import Cpu, cpu_seconds, read_cpu
from tests.bench.servers import serving
from tests.bench.visits import NAIVE_ACCOUNT
from tests.bench.window_stats import median_ratio
from tests.support.environment import clean_environment

INTERVAL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Spans:
    """Seconds. `settle` passes between the last panel's opening and the first window."""

    settle: float = 12.0
    window: float = 60.0
    compared: float = 15.0
    windows: int = 3


QUICK = Spans(settle=6.0, window=15.0, compared=10.0, windows=1)


def measure_steady(spans: Spans, *, visits: int = 200) -> dict[str, Any]:
    """200 visits with one panel each, and the naive view with the same panels beside it, in the same windows."""
    windows = []
    with run_load_stack() as stack:
        environment = clean_environment("") | {"BENCH_LIVEPERSON": stack.liveperson.url}
        with (
            serving("tests.bench.naive:make_application", environment=environment, factory=True, core=None) as naive,
            running_panels(port=stack.port, visits=visits) as panels,
            running_panels(port=naive.port, visits=visits, naive=True) as naive_panels,
        ):
            time.sleep(spans.settle)
            for _ in range(spans.windows):
                before = naive.cpu_seconds()
                naive_panels.begin()
                window = measure_window(stack, panels, seconds=spans.compared)
                there = naive_panels.end()
                window["naive"] = there | {"cpu": naive.cpu_seconds() - before}
                window["naive"]["asked"] = sum(map(len, stack.liveperson.arrivals(NAIVE_ACCOUNT).values()))
                windows.append(window)
    ours = [window["cpu"]["total"] / (visits * window["seconds"] / INTERVAL_SECONDS) * 1000 for window in windows]
    theirs = [window["naive"]["cpu"] / window["naive"]["polls"] * 1000 for window in windows]
    return {
        "windows": windows,
        "panel_interval_ms": statistics.median(ours),
        "naive_poll_ms": statistics.median(theirs),
        "panel_by_naive": median_ratio(ours, theirs),
        "worker_ms_per_refresh": statistics.median(window["worker_ms_per_refresh"] for window in windows),
    }


def measure_crowd(spans: Spans, *, visits: int, panels_each: int = 1) -> dict[str, Any]:
    with run_load_stack() as stack, running_panels(port=stack.port, visits=visits, panels_each=panels_each) as panels:
        time.sleep(spans.settle)
        return measure_window(stack, panels, seconds=spans.window)


def measure_thousands(spans: Spans) -> dict[str, Any]:
    """1,000 visits, and 3,000, which are more than two cores can refresh with all else they carry."""
    thousand, overload = measure_crowd(spans, visits=1000), measure_crowd(spans, visits=3000)
    return {
        "thousand": thousand,
        "overload": overload,
        "overload_by_thousand": overload["refreshes_per_second"] / thousand["refreshes_per_second"],
    }


def measure_window(stack: StackUnderLoad, panels: PanelsProcess, *, seconds: float) -> dict[str, Any]:
    """What the panels say of a window, with the CPU it took (seconds) and how often LivePerson was asked.

    `load_cpu` is what stands in for LivePerson and for browsers: two cores carry that too.
    """
    stack.liveperson.begin()
    before, load_before = read_cpu(stack.process.pid), _load_cpu(stack, panels)
    panels.begin()
    time.sleep(seconds)
    window = panels.end()
    cpu, load_cpu = read_cpu(stack.process.pid).since(before), _load_cpu(stack, panels) - load_before
    refreshes = sum(map(len, stack.liveperson.arrivals().values()))
    due = window["visits"] * window["seconds"] / INTERVAL_SECONDS
    return window | {
        "cpu": cpu._asdict() | {"total": cpu.total},
        "load_cpu": load_cpu,
        "refreshes": refreshes,
        "refreshes_per_second": refreshes / window["seconds"],
        "refreshed_of_due": refreshes / due,
        "polls_of_due": window["polls_per_second"] / (window["panels"] / INTERVAL_SECONDS),
        "worker_ms_per_refresh": _per_refresh(cpu, refreshes),
    }


def _load_cpu(stack: StackUnderLoad, panels: PanelsProcess) -> float:
    return cpu_seconds(stack.liveperson.pid) + cpu_seconds(panels.pid)


def _per_refresh(cpu: Cpu, refreshes: int) -> float:
    return cpu.worker / refreshes * 1000 if refreshes else float("inf")
