"""Memory refuses for a moment, at whatever point of a shift's turn: the shift goes on and concludes nothing wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.harming import REFUSALS, become_master, become_replica, memory_to_harm
from tests.support.house import House, run_house
from tests.support.panels import Panels, now_ms

pytestmark = pytest.mark.timeout(180)

VISITS = 12
BACK_SECONDS = 15.0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with run_house(tmp_path_factory.mktemp("struck"), spare_accounts=4) as running:
        yield running


@pytest.fixture
def memory(house: House) -> Iterator[Any]:
    with memory_to_harm(house) as client:
        yield client


@pytest.mark.parametrize(("harm", "mend"), REFUSALS)
def test_a_memory_that_refuses_again_and_again_for_a_moment(
    house: House, memory: Any, harm: Callable[[Any], None], mend: Callable[[Any], None]
) -> None:
    """Wherever in its turn a shift was struck, it goes on."""
    with Panels(house, house.mint_many(VISITS)) as panels:
        for part in range(10):
            panels.wait_until_live(since_ms=now_ms(), seconds=BACK_SECONDS)
            time.sleep(part / 10)  # of an interval
            harm(memory)
            time.sleep(0.4)
            mend(memory)
        panels.wait_until_live(since_ms=now_ms(), seconds=BACK_SECONDS)


def logins(house: House) -> int:
    return int(house.control("GET", "log")["kinds"].get("login", 0))


def test_a_log_in_that_cannot_be_kept_is_no_verdict_on_the_visit(house: House, memory: Any) -> None:
    subject = house.mint_apart("documented")
    asked = logins(house)
    house.fault("slow", account=subject.account, service="agentVep", kinds=["login"], seconds=1.5)
    look = house.open_panel(subject)
    house.tick_until(look, lambda _: logins(house) > asked)

    become_replica(memory)
    time.sleep(2.5)
    house.clear_faults()
    become_master(memory)

    house.wait_for(look, "live", seconds=BACK_SECONDS)
    assert "a fault of ours" not in house.log()
