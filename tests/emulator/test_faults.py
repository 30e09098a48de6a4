"""Each fault does what it says, to whom it says, as often as it says."""

from __future__ import annotations

import json
from time import monotonic
from typing import Any

import pytest
import requests

from lpcontext.emulator import EmulatedAccount, Emulator, UnknownFault, list_faults
from tests.emulator.caller import Bearer, Caller

REFUSALS = {
    "not-found": (404, 12),
    "account": (404, 6),
    "visitor": (404, 37),
    "session": (404, 39),
    "bad-request": (400, 33),
    "unauthorized": (401, 10),
}
STATUSES = {"500": 500, "503": 503, "429": 429, "forbidden": 403, "redirect": 302}


@pytest.fixture
def ids(emulator: Emulator) -> tuple[str, str]:
    return emulator.mint_visit()


def test_every_fault_has_a_test_here() -> None:
    others = {"slow", "timeout", "drop", "oauth-problem", "html", "empty", "truncated", "not-object", "odd-field"}
    chats = {"agent-session-expired", "cookie-refused"}  # test_chat_faults.py
    line = {"reset", "drip-headers", "drip-body", "gzip-of-nothing"}  # test_line_faults.py
    mistaken = {"another-visit", "another-chat", "chats-400", "chats-403", "chats-half"}  # test_mistaken_answers.py
    login = {"bearer-expired", "ended", "login-429", "login-451", "login-401", "domain-500", "foreign-host"}

    app = {"loading"}  # test_engagements.py

    document = REFUSALS.keys() | STATUSES.keys() | others | chats | line | mistaken | login | app
    assert {kind.name for kind in list_faults()} == document


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_has_its_code(caller: Caller, emulator: Emulator, ids: tuple[str, str], name: str) -> None:
    emulator.add_fault(name)

    assert caller.code(ids) == REFUSALS[name]


@pytest.mark.parametrize("name", STATUSES)
def test_a_failure_has_its_status(caller: Caller, emulator: Emulator, ids: tuple[str, str], name: str) -> None:
    emulator.add_fault(name)

    assert caller.visit(ids).status_code == STATUSES[name]


def test_too_many_requests_may_say_when_to_come_back(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("429", retry_after=7)

    assert caller.visit(ids).headers["Retry-After"] == "7"


def test_a_redirect_leads_elsewhere(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("redirect")

    assert caller.visit(ids).headers["Location"] == "https://elsewhere.example.com/"


def test_slow_is_slow_and_right(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("slow", seconds=0.3)
    began = monotonic()

    assert caller.visit(ids).status_code == 200
    assert monotonic() - began >= 0.3


def test_a_timeout_never_answers_and_others_are_answered_meanwhile(
    caller: Caller, emulator: Emulator, ids: tuple[str, str]
) -> None:
    emulator.add_fault("timeout", visitor=ids[0])
    address = (
        f"{caller.base_url}/api/account/{caller.account.account_id}/monitoring/visitors/{ids[0]}/visits/current/state"
    )

    with pytest.raises(requests.exceptions.ReadTimeout):
        caller.http.get(address, timeout=0.3)
    assert caller.visit(emulator.mint_visit()).status_code == 200


def test_a_dropped_answer_breaks_off(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("drop")

    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)):
        caller.visit(ids)


@pytest.mark.parametrize("name", ["html", "empty", "truncated"])
def test_a_body_may_be_no_json(caller: Caller, emulator: Emulator, ids: tuple[str, str], name: str) -> None:
    emulator.add_fault(name)
    answer = caller.visit(ids)

    assert answer.status_code == 200
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()


def test_a_body_may_be_no_object(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("not-object")

    assert isinstance(caller.visit(ids).json(), list)


def test_an_oauth_problem_is_form_encoded(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("oauth-problem")
    answer = caller.visit(ids)

    assert (answer.status_code, answer.text) == (401, "oauth_problem=signature_invalid")
    assert answer.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_one_odd_field_spoils_only_itself(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("odd-field")
    emulator.add_fault("odd-field", path="appSessions[].pages[].timeOnPage", value="long")
    session = caller.session(ids)

    assert session["geo"]["country"] == {"odd": True}
    assert {page["timeOnPage"] for page in session["pages"]} == {"long"}
    assert session["geo"]["city"] == "Sheffield"


def test_a_visit_ends_after_it_was_seen(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("ended", visitor=ids[0])

    assert caller.visit(ids).status_code == 200
    assert caller.code(ids) == (404, 12)
    assert caller.code(ids) == (404, 12)


def test_bearers_are_forgotten_once(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    bearer = Bearer(caller.log_in().json()["bearer"])
    emulator.add_fault("bearer-expired")

    assert caller.visit(ids, auth=bearer).status_code == 401
    again = Bearer(caller.log_in().json()["bearer"])
    assert caller.visit(ids, auth=again).status_code == 200


@pytest.mark.parametrize(("name", "status"), [("login-429", 429), ("login-451", 451), ("login-401", 401)])
def test_a_login_fault_strikes_the_login_alone(
    caller: Caller, emulator: Emulator, ids: tuple[str, str], name: str, status: int
) -> None:
    csrf = caller.log_in().json()["csrf"]
    emulator.add_fault(name)

    assert caller.log_in().status_code == status
    path = f"/api/account/{caller.account.account_id}/refresh"
    assert caller.ask("POST", path, json={"csrf": csrf}).status_code == 200
    assert caller.visit(ids).status_code == 200


def test_domain_faults_strike_the_domain_alone(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    path = f"/api/account/{caller.account.account_id}/service/smt/baseURI.json?version=1.0"
    emulator.add_fault("domain-500", count=1)
    emulator.add_fault("foreign-host")

    assert caller.ask("GET", path).status_code == 500
    assert caller.ask("GET", path).json()["baseURI"] == "evil.example.com"
    assert caller.visit(ids).status_code == 200


def test_a_fault_lasts_as_many_requests_as_given(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("500", count=2)

    assert [caller.visit(ids).status_code for _ in range(3)] == [500, 500, 200]


def test_a_fault_strikes_whom_it_names() -> None:
    ours, theirs = EmulatedAccount("11111111"), EmulatedAccount("22222222")
    with Emulator(ours, theirs) as emulator, Caller(emulator) as caller:
        ids, other = emulator.mint_visit(), emulator.mint_visit()
        emulator.add_fault("500", account="22222222")
        spared = caller.visit(ids).status_code
        emulator.add_fault("503", visitor=ids[0])

        assert (spared, caller.visit(ids).status_code, caller.visit(other).status_code) == (200, 503, 200)


def test_an_outage_of_everything_strikes_everything(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("503", service="all")
    domain = f"/api/account/{caller.account.account_id}/service/smt/baseURI.json?version=1.0"

    assert {caller.visit(ids).status_code, caller.log_in().status_code, caller.ask("GET", domain).status_code} == {503}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("earthquake", {}),
        ("slow", {"speed": 1}),
        ("slow", {"kinds": ["log-out"]}),
        ("slow", {"kinds": "logout"}),
        ("slow", {"kinds": [["logout"]]}),
    ],
)
def test_an_unknown_fault_or_option_is_refused(emulator: Emulator, name: str, options: dict[str, Any]) -> None:
    with pytest.raises(UnknownFault):
        emulator.add_fault(name, **options)


def test_the_control_api_switches_faults(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    fault = caller.control("POST", "faults", name="500", visitor=ids[0])
    struck = caller.visit(ids).status_code
    caller.control("DELETE", f"faults?id={fault['id']}")

    assert (struck, caller.visit(ids).status_code) == (500, 200)
    assert caller.control("GET", "faults") == []
    assert json.dumps(fault)
