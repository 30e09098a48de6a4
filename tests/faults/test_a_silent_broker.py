"""The broker takes connections and never answers, while memory is well: no tick waits for it, no shift ends of it."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator

import pytest
import requests

from tests.support.broker_line import BrokerLine, broker_line
from tests.support.house import House, run_house
from tests.support.panels import Panels, now_ms
from tests.support.parts import parts_of

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc"),
]

WATCHED_SECONDS = 6.0
# A tick that waited for the broker would take seconds, where it takes a millisecond or two.
MUCH_SLOWER = 20
BACK_SECONDS = 15.0


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerLine]:
    with broker_line(tmp_path_factory.mktemp("silent")) as running:
        yield running


@pytest.fixture(scope="module")
def house(line: BrokerLine) -> Iterator[House]:
    with run_house(line.folder, spare_accounts=12, BROKER_URL=line.url) as running:
        yield running


def ask_livez(house: House, *, seconds: float) -> list[float]:
    """How long each answer took."""
    until, took = time.monotonic() + seconds, []
    while time.monotonic() < until:
        begun = time.monotonic()
        assert requests.get(f"{house.url}/livez", timeout=10).status_code == 200
        took.append(time.monotonic() - begun)
        time.sleep(0.05)
    return took


def test_ticks_stay_quick_and_shifts_go_on(house: House, line: BrokerLine) -> None:
    worker = parts_of(house).find("The worker")
    watched, cold = house.mint_many(12), [house.mint_apart("documented") for _ in range(8)]
    with Panels(house, watched) as panels:
        panels.wait_until_live()
        before_ms = now_ms()
        livez_before = ask_livez(house, seconds=WATCHED_SECONDS)
        ticks_before = [told.took for told in panels.told_since(before_ms)]

        line.fall_silent()
        silent_ms = now_ms()
        with Panels(house, cold) as waiting:
            livez = ask_livez(house, seconds=WATCHED_SECONDS)
            ticks = [told.took for told in panels.told_since(silent_ms) + waiting.told_since(silent_ms)]
            assert {told.state for told in waiting.last()} == {"waiting"}
            assert panels.are_live(since_ms=silent_ms + 2_000)

            line.speak_again()
            waiting.wait_until_live(seconds=BACK_SECONDS)

    assert statistics.quantiles(ticks, n=20)[-1] < MUCH_SLOWER * statistics.quantiles(ticks_before, n=20)[-1]
    assert statistics.quantiles(livez, n=20)[-1] < MUCH_SLOWER * statistics.quantiles(livez_before, n=20)[-1]
    assert "Traceback" not in house.log()
    assert parts_of(house).find("The worker") == worker
