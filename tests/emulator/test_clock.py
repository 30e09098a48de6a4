"""The clock that stories go by: a test stops it and moves it, and nobody has to wait for what a story does."""

from __future__ import annotations

import pytest

from lpcontext.emulator import Emulator
from tests.emulator.caller import Caller
from tests.support.manual_clock import ManualClock


def mint(caller: Caller, world: str = "checkout") -> tuple[str, str]:
    minted = caller.control("POST", "visits", world=world)
    return minted["visitorId"], minted["sessionId"]


def test_a_story_goes_on_by_as_much_as_its_clock_is_advanced(caller: Caller) -> None:
    ids = mint(caller)
    pages = len(caller.session(ids)["pages"])
    before = caller.control("GET", "clock")
    after = caller.control("POST", "clock", advance_ms=120_000)

    assert after == {"nowMs": before["nowMs"] + 120_000, "stopped": False}
    assert len(caller.session(ids)["pages"]) > pages


def test_a_stopped_clock_moves_only_when_advanced_and_does_not_catch_up(caller: Caller, clock: ManualClock) -> None:
    began_ms = caller.control("POST", "clock", stopped=True)["nowMs"]
    ids = mint(caller)
    before = caller.visit(ids).content
    clock.pass_time(120)

    assert caller.visit(ids).content == before
    assert caller.control("POST", "clock", advance_ms=1_000) == {"nowMs": began_ms + 1_000, "stopped": True}
    assert caller.visit(ids).content != before
    assert caller.control("POST", "clock", stopped=False) == {"nowMs": began_ms + 1_000, "stopped": False}
    clock.pass_time(3)
    assert caller.control("GET", "clock")["nowMs"] == began_ms + 4_000


def test_what_lasts_a_while_ends_when_the_clock_is_past_it(caller: Caller) -> None:
    ids = mint(caller)
    assert caller.visit(ids).status_code == 200
    caller.control("POST", "clock", advance_ms=6 * 3600 * 1000)

    assert caller.code(ids) == (404, 12)


def test_a_signature_is_judged_by_the_time_it_came_in() -> None:
    """The client's clock is not the one that was moved: its signature is as fresh as ever."""
    with Emulator() as emulator, Caller(emulator) as caller:
        caller.control("POST", "clock", advance_ms=3_600_000)

        assert caller.visit(mint(caller)).status_code == 200


def test_arrivals_in_the_log_are_by_the_machines_clock(caller: Caller, emulator: Emulator, clock: ManualClock) -> None:
    ids = mint(caller)
    caller.control("POST", "clock", advance_ms=3_600_000)
    caller.visit(ids)

    assert caller.control("GET", "log")["arrivals"] == {ids[0]: [int(clock.now * 1000)]}


@pytest.mark.parametrize(
    "change", [{"advance_ms": -1}, {"advance_ms": "an hour"}, {"advance_ms": True}, {"stopped": "yes"}, {"stopped": 1}]
)
def test_a_clock_goes_forward_only(caller: Caller, change: dict[str, object]) -> None:
    before = caller.control("GET", "clock")
    refused = caller.ask("POST", "/emulator/clock", json=change)

    assert refused.status_code == 400
    assert caller.control("GET", "clock") == before
