"""No worker takes anything: a thousand ticks of fifty panels on one chat leave a handful of messages, and one place."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from lpcontext.snapshots import name_of_account
from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_processes import processes_of, read_readiness, redis_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")

PANELS, TICKS = 50, 20
A_HANDFUL = 5


@contextmanager
def worker_held(stack: RunningStack) -> Iterator[None]:
    """Stopped where it stands: ended, the supervisor would start another."""
    held = processes_of(stack).find_all("The worker")
    for pid in held:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in held:
            os.kill(pid, signal.SIGCONT)


def waiting_messages(memory: Any) -> int:
    return sum(memory.llen(key) for key in memory.scan_iter("*", _type="list"))


def places_in_queues(memory: Any, accounts: set[str]) -> int:
    """Of these accounts: what another test has watched may still wait for its last watch to end."""
    keys = [key for account in accounts for key in memory.scan_iter(f"lpc:due:{name_of_account(account)}:*")]
    return sum(memory.zcard(key) for key in keys)


def test_nothing_piles_up(stack: RunningStack) -> None:
    chat, visit = stack.create_chat("documented", apart=True), stack.create_visit_apart("documented")
    watched = [chat] * PANELS + [visit] * PANELS
    with redis_of(stack) as memory, worker_held(stack), Panels(stack, watched, threads=16) as panels:
        panels.wait_until(lambda: len(panels.results_since(0)) >= len(watched) * TICKS)
        states = {result.state for result in panels.results_since(0)}
        messages = waiting_messages(memory)
        places = places_in_queues(memory, {chat.account, visit.account})
    assert states == {"waiting"}
    assert messages <= A_HANDFUL
    assert places == 2


def test_what_waited_is_live_when_the_worker_is_back(stack: RunningStack) -> None:
    subjects = [stack.create_visit_apart("documented"), stack.create_visit_apart("documented")]
    with Panels(stack, subjects, threads=2) as panels:
        with worker_held(stack):
            panels.wait_until(lambda: len(panels.results_since(0)) >= TICKS)
            panels.wait_until(lambda: read_readiness(stack).get("worker") == "down")
        panels.wait_until_live(since_ms=now_ms())
        panels.wait_until(lambda: read_readiness(stack).get("code") == "200")
