"""Memory and broker fail, refuse or forget, with panels open: they come back live by themselves, in the same worker."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.harming import REFUSALS, memory_to_harm
from tests.support.house import House, run_house
from tests.support.panels import Panels, now_ms
from tests.support.parts import parts_of, readiness

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc"),
]

VISITS = 12
AWAY_SECONDS = 6.0
# Two intervals of one second, the five seconds a worker may take to be back, and room for a busy machine.
BACK_SECONDS = 15.0
TRUTH_SECONDS = 5.0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with run_house(tmp_path_factory.mktemp("broker"), spare_accounts=24) as running:
        yield running


@pytest.fixture
def memory(house: House) -> Iterator[Any]:
    with memory_to_harm(house) as client:
        yield client


def wait_for_readiness(house: House, code: str) -> float:
    begun = time.monotonic()
    while readiness(house).get("code") != code:
        assert time.monotonic() - begun < BACK_SECONDS, readiness(house)
        time.sleep(0.1)
    return time.monotonic() - begun


def keep_looking_anew(house: House, *, seconds: float) -> None:
    """Subjects of accounts nobody watches yet: each asks the broker for a shift, which is what it refuses."""
    until = time.monotonic() + seconds
    subjects = [house.mint_apart("documented") for _ in range(3)]
    while time.monotonic() < until:
        for subject in subjects:
            house.ask_ticket(subject)
        time.sleep(0.5)


@pytest.mark.parametrize(("harm", "mend"), REFUSALS)
def test_writes_that_are_refused_for_a_while(
    house: House, memory: Any, harm: Callable[[Any], None], mend: Callable[[Any], None]
) -> None:
    worker = parts_of(house).find("The worker")
    subjects = [house.mint_apart("documented"), *house.mint_many(VISITS)]
    with Panels(house, subjects) as panels:
        panels.wait_until_live()

        harm(memory)
        told_the_truth = wait_for_readiness(house, "503")
        keep_looking_anew(house, seconds=AWAY_SECONDS)
        mend(memory)
        well_ms = now_ms()

        said_well = wait_for_readiness(house, "200")
        panels.wait_until_live(since_ms=well_ms, seconds=BACK_SECONDS)
        house.wait_for(house.open_panel(house.mint_apart("documented")), "live", seconds=BACK_SECONDS)
    assert max(told_the_truth, said_well) < TRUTH_SECONDS
    assert parts_of(house).find("The worker") == worker


def forget_everything(memory: Any) -> None:
    memory.flushall()


def cut_all_lines(memory: Any) -> None:
    for kind in ("normal", "pubsub"):
        memory.client_kill_filter(_type=kind, skipme=True)


def unblock_with_an_error(memory: Any) -> None:
    """As a master does to whoever waits in BRPOP when it becomes a replica."""
    waiting = [each["id"] for each in memory.client_list() if each["cmd"] == "brpop"]
    assert waiting
    assert sum(memory.client_unblock(each, error=True) for each in waiting) >= 1


@pytest.mark.parametrize("harm", [forget_everything, cut_all_lines, unblock_with_an_error])
def test_a_blow(house: House, memory: Any, harm: Callable[[Any], None]) -> None:
    worker = parts_of(house).find("The worker")
    with Panels(house, house.mint_many(VISITS)) as panels:
        panels.wait_until_live()
        for _ in range(3):
            harm(memory)
            struck_ms = now_ms()
            panels.wait_until_live(since_ms=struck_ms, seconds=BACK_SECONDS)
            house.wait_for(house.open_panel(house.mint_apart("documented")), "live", seconds=BACK_SECONDS)
        wait_for_readiness(house, "200")
    assert parts_of(house).find("The worker") == worker


def test_a_memory_that_falls_silent_for_a_while(house: House, memory: Any) -> None:
    parts = parts_of(house)
    worker, valkey = parts.find("The worker"), parts.find("Valkey")
    with Panels(house, house.mint_many(VISITS)) as panels:
        panels.wait_until_live()
        os.kill(valkey, signal.SIGSTOP)
        try:
            silent_ms = now_ms()
            told_the_truth = wait_for_readiness(house, "503")
            time.sleep(TRUTH_SECONDS + 5)  # panels ask a memory that is down every three seconds
            told = panels.told_since(silent_ms + int(TRUTH_SECONDS * 1000))
        finally:
            os.kill(valkey, signal.SIGCONT)
        well_ms = now_ms()
        said_well = wait_for_readiness(house, "200")
        panels.wait_until_live(since_ms=well_ms, seconds=BACK_SECONDS)
        house.wait_for(house.open_panel(house.mint_apart("documented")), "live", seconds=BACK_SECONDS)
    assert max(told_the_truth, said_well) < TRUTH_SECONDS
    assert told
    assert {each.state for each in told} == {"memory-down"}
    assert parts.find("The worker") == worker
