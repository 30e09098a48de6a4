"""Visit Information: who may ask, for what, and the code of every refusal."""

from __future__ import annotations

import pytest

from lpcontext.emulator import Choices, EmulatedAccount, Emulator
from tests.emulator.caller import Bearer, Caller
from tests.support.manual_clock import ManualClock

HOUR = 3600


def test_a_signature_or_a_bearer_opens_a_visit(caller: Caller, emulator: Emulator) -> None:
    ids = emulator.mint_visit()
    bearer = caller.log_in().json()["bearer"]

    assert caller.visit(ids).status_code == 200
    assert caller.visit(ids, auth=Bearer(bearer)).status_code == 200


def test_a_visit_without_credentials_is_unauthorized(caller: Caller, emulator: Emulator) -> None:
    assert caller.code(emulator.mint_visit(), auth=Bearer("f" * 64)) == (401, 10)


def test_both_forms_of_the_session_id_mean_the_same_visit(caller: Caller, emulator: Emulator) -> None:
    visitor_id, session_id = emulator.mint_visit()
    long_form = caller.state((visitor_id, session_id))["id"]

    assert long_form.startswith(session_id + ".")
    assert len(long_form) == 22 + 1 + 40
    assert caller.state((visitor_id, long_form))["id"] == long_form


@pytest.mark.parametrize(
    ("visitor_id", "session_id", "expected"),
    [
        ("not%20a%20visitor", "qCsUrTldTh0UEWLjLCGqkQ", (404, 37)),
        ("x" * 80, "qCsUrTldTh0UEWLjLCGqkQ", (404, 37)),
        ("cyNGViYjc4MmU2MzEzZThm", "not a session", (404, 39)),
        ("cyNGViYjc4MmU2MzEzZThm", "a.b.c", (404, 39)),
        ("cyNGViYjc4MmU2MzEzZThm", "", (400, 33)),
        ("cyNGViYjc4MmU2MzEzZThm", "qCsUrTldTh0UEWLjLCGqkQ", (404, 12)),
        ("cyNGViYjc4MmU2MzEzZThm", "123.567", (404, 12)),
    ],
)
def test_wrong_ids_are_distinguished(
    caller: Caller, visitor_id: str, session_id: str, expected: tuple[int, int]
) -> None:
    assert caller.code((visitor_id, session_id)) == expected


def test_a_wrong_version_is_a_bad_request(caller: Caller, emulator: Emulator) -> None:
    assert caller.code(emulator.mint_visit(), v="2") == (400, 33)


def test_an_unknown_account_is_code_six(caller: Caller, emulator: Emulator) -> None:
    assert caller.code(emulator.mint_visit(), account="404404") == (404, 6)


def test_one_accounts_visit_is_not_anothers() -> None:
    ours, theirs = EmulatedAccount("11111111"), EmulatedAccount("22222222")
    with Emulator(ours, theirs) as both, Caller(both) as caller:
        ids = both.mint_visit(account_id="22222222")

        assert caller.code(ids) == (404, 12)


def test_a_visit_is_forgotten_after_six_hours(caller: Caller, emulator: Emulator, clock: ManualClock) -> None:
    ids = emulator.mint_visit()
    clock.pass_time(5 * HOUR)
    before = caller.visit(ids).status_code
    clock.pass_time(1 * HOUR)

    assert before == 200
    assert caller.code(ids) == (404, 12)


def test_the_newest_page_ticks_and_all_else_stays(caller: Caller, emulator: Emulator, clock: ManualClock) -> None:
    ids = emulator.mint_visit("empty")
    change = f"visits/{ids[0]}/events"
    for name in ("one", "two"):
        caller.control("POST", change, page={"url": f"https://shop.example/{name}", "title": name})
        clock.pass_time(4)
    before = caller.session(ids)
    clock.pass_time(3)
    after = caller.session(ids)

    assert [[page.pop("timeOnPage") for page in each["pages"]] for each in (before, after)] == [
        [4000, 4000],
        [4000, 7000],
    ]
    assert before == after


def test_whatever_happens_is_in_the_next_answer(caller: Caller, emulator: Emulator) -> None:
    ids = emulator.mint_visit("empty", frozen=True)
    happenings: tuple[dict[str, object], ...] = (
        {"page": {"url": "https://shop.example/till", "title": "Till"}},
        {"attributes": [{"type": "error", "error": {"message": "No"}}]},
        {"event": {"unheardOf": {}}},
        {"offer": {"type": 1}},
        {"accept": "1"},
        {"attributes": [{"type": "mrktInfo", "info": {"channel": 1}}]},
    )
    bodies = [caller.visit(ids).content]
    for happening in happenings:
        caller.control("POST", f"visits/{ids[0]}/events", **happening)
        bodies.append(caller.visit(ids).content)

    assert len(set(bodies)) == 1 + len(happenings)
    assert caller.visit(ids).content == bodies[-1]


def test_a_refusal_is_flat_unless_chosen_otherwise(caller: Caller, clock: ManualClock) -> None:
    flat = caller.visit(("vid", "unknown")).json()
    choices = Choices(error_envelope="nested", timestamp_seconds=None)
    with Emulator(clock=clock, choices=choices) as other, Caller(other) as asking:
        nested = asking.visit(("vid", "unknown")).json()

    assert flat == {"time": int(clock.now * 1000), "message": "Requested session not found", "internalCode": 12}
    assert nested["error"]["internalCode"] == 12
    assert nested["error"]["responseStatus"] == "NOT_FOUND"


def test_an_address_liveperson_does_not_have_is_refused_loudly(caller: Caller) -> None:
    answer = caller.ask("GET", "/api/account/71820394/agentSession")

    assert answer.status_code == 404
    assert "does not play" in answer.text


def test_a_connection_is_kept_open_for_the_next_question(caller: Caller, emulator: Emulator) -> None:
    answer = caller.visit(emulator.mint_visit())

    assert answer.raw.version == 11
    assert "Connection" not in answer.headers
    assert int(answer.headers["Content-Length"]) == len(answer.content)
