"""The control API: fresh visits, changes at will, and the count of what was asked."""

from __future__ import annotations

import pytest
import requests

from lpcontext.emulator import Emulator
from tests.emulator.caller import Caller
from tests.support.manual_clock import ManualClock


def mint(caller: Caller, **options: object) -> tuple[str, str]:
    document = caller.control("POST", "visits", **options)
    return document["visitorId"], document["sessionId"]


def test_the_overview_names_worlds_and_faults(caller: Caller) -> None:
    overview = caller.control("GET", "")

    assert overview["accounts"] == ["71820394"]
    assert {"checkout", "bank", "mobile", "vip", "empty", "giant", "hostile"} < overview["worlds"].keys()
    assert "slow" in overview["faults"]


def test_fresh_visits_do_not_meet(caller: Caller) -> None:
    first, second = (mint(caller, world="vip") for _ in range(2))

    assert first[0] != second[0]
    assert [len(part) for part in (*first, *second)] == [22, 22, 22, 22]
    assert caller.visit(first).status_code == caller.visit(second).status_code == 200
    assert caller.code((first[0], second[1])) == (404, 12)


def test_many_visits_are_minted_at_once(caller: Caller) -> None:
    document = caller.control("POST", "visits", world="vip", count=30, frozen=True)
    ids = {(each["visitorId"], each["sessionId"]) for each in document}

    assert len(ids) == 30
    assert {caller.visit(each).status_code for each in ids} == {200}
    assert [len(caller.control("POST", "visits", count=count)) for count in (1, 0)] == [1, 0]


def test_a_visitor_may_have_further_sessions(caller: Caller) -> None:
    first = mint(caller, world="vip")
    second = mint(caller, world="bank", visitor=first[0])

    assert first[0] == second[0]
    assert caller.state(first)["id"].startswith(first[1])
    assert caller.state(second)["id"].startswith(second[1])


def test_a_frozen_visit_stays_byte_for_byte_until_thawed(caller: Caller, clock: ManualClock) -> None:
    ids = mint(caller, world="checkout", frozen=True)
    before = caller.visit(ids).content
    clock.pass_time(120)
    after = caller.visit(ids).content
    caller.control("POST", f"visits/{ids[0]}", frozen=False)

    assert before == after
    assert caller.visit(ids).content != after


def test_a_page_an_event_and_an_offer_appear_at_will(caller: Caller, clock: ManualClock) -> None:
    ids = mint(caller, world="empty", frozen=True)
    clock.pass_time(5)
    change = f"visits/{ids[0]}/events"
    caller.control("POST", change, page={"url": "https://shop.example/till", "title": "Till"}, offer={"type": 1})
    caller.control("POST", change, attributes=[{"type": "error", "error": {"message": "No"}}], accept="1")
    caller.control("POST", change, event={"unheardOf": {"mood": "blue"}})
    session = caller.session(ids)

    (page,) = session["pages"]
    assert page["startTime"] == int(clock.now * 1000)
    assert [next(iter(event)) for event in session["events"]] == ["visitorError", "unheardOf"]
    assert session["events"][0]["visitorError"]["contexts"] == {"page": {"id": page["id"]}}
    assert session["engagements"][0]["impressionAccepted"][0]["pageId"] == page["id"]


def test_a_visit_can_be_ended(caller: Caller) -> None:
    ids = mint(caller)
    caller.control("DELETE", f"visits/{ids[0]}")

    assert caller.code(ids) == (404, 12)


def test_requests_are_counted_per_kind_and_visitor(caller: Caller, emulator: Emulator, clock: ManualClock) -> None:
    ids = mint(caller)
    caller.control("DELETE", "log")
    caller.visit(ids)
    clock.pass_time(3)
    emulator.add_fault("500", count=1)
    caller.visit(ids)
    caller.log_in()
    log = caller.control("GET", "log")

    now_ms = int(clock.now * 1000)
    assert log["kinds"] == {"visit": 2, "login": 1}
    assert log["answers"] == {"visit 200": 1, "visit 500": 1, "login 200": 1}
    assert log["arrivals"] == {ids[0]: [now_ms - 3000, now_ms]}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("visits", {"world": "atlantis"}),
        ("visits", {"account": "404404"}),
        ("visits", {"count": -1}),
        ("visits", {"count": "many"}),
        ("visits", {"visitor": "not a visitor"}),
        ("faults", {"name": "earthquake"}),
        ("faults", {"name": "slow", "speed": 1}),
        ("faults", {"name": "slow", "kinds": ["log-out"]}),
    ],
)
def test_an_impossible_wish_is_refused_in_words(caller: Caller, path: str, body: dict[str, object]) -> None:
    answer = caller.ask("POST", f"/emulator/{path}", json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_an_unreadable_change_is_refused(caller: Caller) -> None:
    ids = mint(caller)
    answers = [
        caller.ask("POST", f"/emulator/visits/{ids[0]}/events", json=body)
        for body in ({"page": {"title": "no url"}}, {"attributes": [{"type": "?"}]}, {"accept": "77"}, {"event": 3})
    ]

    assert [answer.status_code for answer in answers] == [400] * 4
    assert caller.ask("POST", "/emulator/visits/nobody/events", json={}).status_code == 404


def test_a_foreign_web_page_cannot_reach_the_control_api(caller: Caller) -> None:
    answer = caller.ask("POST", "/emulator/faults", data='{"name": "500"}', headers={"Content-Type": "text/plain"})

    assert answer.status_code == 415
    assert caller.control("GET", "faults") == []


def test_an_oversized_request_is_refused(caller: Caller) -> None:
    answer = caller.ask("GET", "/emulator/?" + "x" * 9000)

    assert answer.status_code == 413


def test_stopping_hangs_up_on_everybody() -> None:
    emulator = Emulator()
    emulator.start()
    with Caller(emulator) as caller:
        caller.control("GET", "")
        emulator.stop()

        with pytest.raises(requests.exceptions.ConnectionError):
            caller.control("GET", "")
    emulator.stop()
