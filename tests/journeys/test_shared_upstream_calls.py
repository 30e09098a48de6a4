"""Fifty panels on one visit, two web processes: LivePerson is asked once per interval."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from lpcontext.cli.programs import web_command
from tests.support.panels import Panels, now_ms
from tests.support.processes import CHECKOUT, find_free_ports
from tests.support.running_stack import RunningStack
from tests.support.waiting import PATIENCE_SECONDS, wait_until

PANELS, INTERVALS, INTERVAL_MS = 50, 6, 1_000


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=PATIENCE_SECONDS).status_code == 200
    except requests.ConnectionError:
        return False


@contextmanager
def second_web_process(stack: RunningStack) -> Iterator[str]:
    """Its address, once it answers."""
    [port] = find_free_ports(1)
    url, environment = f"http://127.0.0.1:{port}", stack.environment | stack.running()
    second = subprocess.Popen(web_command("127.0.0.1", port), env=environment, cwd=CHECKOUT)
    try:
        wait_until(lambda: answers(f"{url}/livez"))
        yield url
    finally:
        second.terminate()
        second.wait(PATIENCE_SECONDS)


def test_fifty_panels_and_two_web_processes_cause_one_call_per_interval(stack: RunningStack) -> None:
    subject = stack.create_visit("documented")
    half = [subject] * (PANELS // 2)
    with (
        second_web_process(stack) as url,
        Panels(stack, half, threads=25) as here,
        Panels(stack, half, threads=25, url=url) as there,
    ):
        here.wait_until_live()
        there.wait_until_live()
        before, since_ms = stack.calls(subject), now_ms()
        here.wait_until(
            lambda: min(len(each.results_since(since_ms)) for each in (here, there)) >= len(half) * INTERVALS
        )
        here.wait_until(lambda: stack.calls(subject) >= before + INTERVALS - 2)
        calls, spent_ms = stack.calls(subject) - before, now_ms() - since_ms

    assert calls <= spent_ms / INTERVAL_MS + 1
