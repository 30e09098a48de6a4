"""Every world: a body of the documented shape, and a story that goes on while one watches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import lpcontext.emulator
from lpcontext.emulator import Choices, Emulator, fixed_ids, list_worlds
from tests.emulator.caller import Caller
from tests.support.manual_clock import ManualClock

NAMES = [world.name for world in list_worlds()]
ORDINARY = ["checkout", "bank", "mobile", "vip", "empty", "giant"]
DOCUMENTED = json.loads((Path(lpcontext.emulator.__path__[0]) / "worlds" / "documented.json").read_text())
PAGE = DOCUMENTED["appSessions"][0]["pages"][0]
SAMPLE = DOCUMENTED["appSessions"][0]


def watch(caller: Caller, ids: tuple[str, str], clock: ManualClock, *, seconds: int) -> dict[str, Any]:
    for _ in range(seconds // 10):
        clock.pass_time(10)
        caller.session(ids)
    return caller.session(ids)


@pytest.mark.parametrize("name", NAMES)
def test_a_world_is_there_under_its_lasting_ids(caller: Caller, name: str) -> None:
    world = next(each for each in list_worlds() if each.name == name)

    assert caller.visit(fixed_ids(world)).status_code == 200


@pytest.mark.parametrize("name", ORDINARY)
def test_a_world_says_nothing_the_documents_do_not(caller: Caller, emulator: Emulator, name: str) -> None:
    state = caller.state(emulator.mint_visit(name))

    assert list(state) == ["id", "appSessions"]
    (session,) = state["appSessions"]
    assert set(session) <= set(SAMPLE)
    assert session["id"] == state["id"]
    for page in session["pages"]:
        assert set(page) == set(PAGE)
        assert set(page["pageBasic"]) == set(PAGE["pageBasic"])
    documented_engagement = SAMPLE["engagements"][1]
    for engagement in session["engagements"]:
        assert set(engagement) - {"impressionAccepted"} == set(documented_engagement) - {"impressionAccepted"}
        assert set(engagement["engagement"]) == set(documented_engagement["engagement"])
    assert {kind for event in session["events"] for kind in event} <= {
        kind for event in SAMPLE["events"] for kind in event
    }


def test_the_aggregates_have_the_documented_nesting(caller: Caller, emulator: Emulator) -> None:
    bank = caller.session(emulator.mint_visit("bank"))
    vip = caller.session(emulator.mint_visit("vip"))

    assert bank["personalInfo"]["personalInfo"]["surname"] == "Reyes-Whitfield"
    assert bank["customerInfo"]["customerInfo"]["balance"] == -412.55
    assert set(bank["customerInfo"]["customerInfo"]) == set(SAMPLE["customerInfo"]["customerInfo"]) | {"currency"}
    assert vip["cart"].keys() == SAMPLE["cart"].keys()
    assert vip["purchases"][0].keys() == SAMPLE["purchases"][0].keys() | {"currency"}
    assert vip["leads"][0].keys() == SAMPLE["leads"][0].keys() | {"currency"}
    assert bank["serviceActivity"][0].keys() == SAMPLE["serviceActivity"][0].keys()


def test_the_documented_world_is_the_documented_body(caller: Caller) -> None:
    world = next(each for each in list_worlds() if each.name == "documented")

    assert caller.state(fixed_ids(world)) == DOCUMENTED


def test_a_story_goes_on_while_one_watches(caller: Caller, emulator: Emulator, clock: ManualClock) -> None:
    ids = emulator.mint_visit("checkout")
    before = caller.session(ids)
    after = watch(caller, ids, clock, seconds=180)

    assert len(after["pages"]) > len(before["pages"]) + 5
    assert len(after["visitorError"]) > len(before["visitorError"])
    assert after["cart"]["cartStatus"]["total"] != before["cart"]["cartStatus"]["total"]
    assert after["serviceActivity"][-1]["status"] == 12
    assert "impressionAccepted" in after["engagements"][1]


def test_an_offer_is_accepted_while_one_watches_the_returning_customer(
    caller: Caller, emulator: Emulator, clock: ManualClock
) -> None:
    ids = emulator.mint_visit("vip")
    before = caller.session(ids)
    after = watch(caller, ids, clock, seconds=120)

    def taken(session: dict[str, Any]) -> int:
        return sum("impressionAccepted" in each for each in session["engagements"])

    assert (taken(before), taken(after)) == (1, 2)


def test_the_time_on_the_newest_page_ticks_and_the_others_stand(
    caller: Caller, emulator: Emulator, clock: ManualClock
) -> None:
    ids = emulator.mint_visit("mobile")
    before = caller.session(ids)["pages"]
    clock.pass_time(1)
    after = caller.session(ids)["pages"]

    assert after[-1]["timeOnPage"] - before[-1]["timeOnPage"] == 1000
    assert after[0]["timeOnPage"] == before[0]["timeOnPage"] == after[1]["startTime"] - after[0]["startTime"]


def test_a_story_is_the_same_for_everybody_who_looks_later(clock: ManualClock) -> None:
    world = next(each for each in list_worlds() if each.name == "vip")

    def look(steps: int) -> dict[str, Any]:
        mine = ManualClock(clock.now)
        with Emulator(clock=mine, choices=Choices(timestamp_seconds=None)) as emulator, Caller(emulator) as caller:
            for _ in range(steps):
                mine.pass_time(600 / steps)
                caller.state(fixed_ids(world))
            return caller.state(fixed_ids(world))

    assert look(1) == look(20)


def test_a_story_stays_bounded_for_hours(caller: Caller, emulator: Emulator, clock: ManualClock) -> None:
    ids = emulator.mint_visit("checkout")
    clock.pass_time(5 * 3600)
    session = caller.session(ids)

    assert len(session["pages"]) == 80
    assert len(session["events"]) <= 160
    assert len(session["viewedProduct"]) <= 60
    assert session["pages"][-1]["startTime"] > (clock.now - 25) * 1000


def test_the_giant_has_500_pages_and_2000_events(caller: Caller, emulator: Emulator) -> None:
    session = caller.session(emulator.mint_visit("giant"))

    assert (len(session["pages"]), len(session["events"])) == (500, 2000)


def test_the_empty_session_has_no_page_and_leaves_out_what_it_does_not_know(caller: Caller, emulator: Emulator) -> None:
    session = caller.session(emulator.mint_visit("empty"))

    assert (session["pages"], session["events"], session["engagements"]) == ([], [], [])
    assert "personalInfo" not in session
    assert "cart" not in session


def test_the_anonymous_visitor_has_nulls_instead(caller: Caller, emulator: Emulator) -> None:
    session = caller.session(emulator.mint_visit("mobile"))

    assert session["personalInfo"] is None
    assert session["purchases"] is None
    assert session["engagements"][0]["engagement"]["engagementEntity"]["engagementSkill"] == {
        "skillName": "*!@NULL*!@",
        "skillId": -1,
    }


def test_absent_sections_can_be_null_everywhere(clock: ManualClock) -> None:
    choices = Choices(absent_sections="null", timestamp_seconds=None)
    with Emulator(clock=clock, choices=choices) as emulator, Caller(emulator) as caller:
        assert caller.session(emulator.mint_visit("empty"))["cart"] is None


def test_the_newer_shape_is_flat_and_says_currency(caller: Caller, emulator: Emulator) -> None:
    state = caller.state(emulator.mint_visit("newer"))

    assert "appSessions" not in state
    assert state["lpv4"] == "192.0.2.61"
    assert state["cart"]["cartStatus"]["currency"] == "USD"
    contacts = state["personalInfo"]["personalInfo"]["contacts"]
    assert contacts[0]["preferredContactMethod"] == "EMAIL"
    assert contacts[1]["phoneType"] is None


def test_several_sessions_come_oldest_first(caller: Caller, emulator: Emulator) -> None:
    older, newer = caller.state(emulator.mint_visit("several"))["appSessions"]

    assert older["startTime"] < newer["startTime"]


def test_the_hostile_world_is_still_json(caller: Caller, emulator: Emulator) -> None:
    session = caller.session(emulator.mint_visit("hostile"))
    pages = session["pages"]

    assert any(page["pageBasic"]["url"].startswith("javascript:") for page in pages)
    assert any(len(str(page["pageTitle"])) >= 300 for page in pages)
    assert any("\u202e" in str(page["pageTitle"]) for page in pages)
    assert any(event and "weatherReport" in event for event in session["events"])
    assert session["geo"]["country"] == 17
