"""A thousand visits come and go: once nobody watches, no queue, claim, lease or watch is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.panel_tokens import issue_tokens_like
from tests.support.panels import Panels
from tests.support.running_stack import RunningStack, run_stack
from tests.support.stack_processes import redis_of
from tests.support.waiting import wait_until

VISITS, APART, AT_ONCE = 1_000, 100, 100
# Counters for the metrics page, and kombu's notes of which queue is bound to what: of no visit, and of a size.
FOR_EVER = ("lpc:q:_kombu.",)
OF_WATCHES = ("lpc:due:", "lpc:h:", "lpc:w:", "lpc:l:", "lpc:active")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    with run_stack(tmp_path_factory.mktemp("gone"), REFRESH_SECONDS="3") as running:
        yield running


def keys_of(memory: Any) -> list[str]:
    return sorted(key for key in memory.scan_iter("*", count=1_000) if not key.startswith(FOR_EVER))


def keys_of_watches(memory: Any) -> list[str]:
    return [key for key in keys_of(memory) if key.startswith(OF_WATCHES)]


def test_a_thousand_visits_leave_nothing(stack: RunningStack) -> None:
    for subjects in (stack.create_visits(VISITS - APART), stack.create_visits_apart(APART)):
        tokens = issue_tokens_like(stack.open_panel(subjects[0]).token, subjects)
        for start in range(0, len(subjects), AT_ONCE):
            these = slice(start, start + AT_ONCE)
            with Panels(stack, subjects[these], tokens=tokens[these]) as panels:
                panels.wait_until_each_was_live()

    with redis_of(stack) as memory:
        wait_until(lambda: keys_of_watches(memory) == [], describe=lambda: keys_of_watches(memory))
        ends = {key: memory.pttl(key) for key in keys_of(memory)}
    assert [key for key, ms in ends.items() if ms == -1] == []
    assert len([key for key in ends if key.startswith("lpc:s:")]) == VISITS
