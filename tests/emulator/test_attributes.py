"""Writing back, and sessions for callers nobody monitored (contract 5.4, 5.5, 6)."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from lpcontext.emulator import Emulator
from tests.emulator.caller import Bearer, Caller, sign_with

PUT = {"x-http-method-override": "PUT"}


def write(caller: Caller, ids: tuple[str, str], *attributes: dict[str, Any], **options: Any) -> requests.Response:
    account = options.pop("account", caller.account.account_id)
    path = f"/api/account/{account}/monitoring/visitors/{ids[0]}/visits/current/events?v=1&sid={ids[1]}"
    settled: dict[str, Any] = {"auth": sign_with(caller.account), "headers": PUT, "json": list(attributes)} | options
    return caller.ask("POST", path, **settled)


def engage(caller: Caller, method: str = "POST", path: str = "", body: Any = None, v: str = "1.0") -> requests.Response:
    address = f"/api/account/{caller.account.account_id}/app/engagement/visitors{path}"
    return caller.ask(method, f"{address}{'&' if '?' in path else '?'}v={v}", json=body or {"appType": "EXTERNAL"})


@pytest.fixture
def ids(emulator: Emulator) -> tuple[str, str]:
    return emulator.mint_visit("empty", frozen=True)


def test_what_is_written_back_is_in_the_visit(caller: Caller, ids: tuple[str, str]) -> None:
    lead = {"type": "lead", "lead": {"topic": "upgrade", "value": 200, "leadId": "xyz123"}}
    service = {"type": "service", "service": {"topic": "authorise", "status": 0, "category": "a", "serviceId": "s"}}

    answer = write(caller, ids, lead, service, lead)
    session = caller.session(ids)

    assert (answer.status_code, answer.json()) == (200, {})
    assert [(each["leadSeqId"], each["repeatedLeadId"]) for each in session["leads"]] == [("1", False), ("2", True)]
    assert session["serviceActivity"][0]["repeatedServiceActivity"] is False
    assert [next(iter(event)) for event in session["events"]] == ["lead", "serviceActivity", "lead"]


def test_a_person_keeps_what_is_not_sent_again_and_a_cart_loses_it(caller: Caller, ids: tuple[str, str]) -> None:
    product = {"name": "p", "category": "c", "sku": "s", "price": 2.5}
    write(caller, ids, {"type": "personal", "personal": {"firstname": "Ada", "age": {"year": 1980}}})
    write(caller, ids, {"type": "personal", "personal": {"lastname": "King"}})
    write(caller, ids, {"type": "cart", "total": 5, "numItems": 2, "products": [{"product": product, "quantity": 2}]})
    write(caller, ids, {"type": "cart", "total": 2.5, "numItems": 1})
    session = caller.session(ids)

    person = session["personalInfo"]["personalInfo"]
    assert (person["name"], person["surname"], person["customerAge"]) == ("Ada", "King", {"customerYearOfBirth": 1980})
    assert session["cart"] == {"cartStatus": {"total": 2.5, "numItems": 1, "products": []}, "lastTotalChange": -2.5}


def test_a_purchases_own_cart_has_the_documented_null_forms(caller: Caller, ids: tuple[str, str]) -> None:
    product = {"name": "p", "category": "c", "sku": "s", "price": 2.5}
    sold = {
        "type": "purchase",
        "total": 7.5,
        "orderId": "o",
        "cart": {"products": [{"product": product, "quantity": 3}]},
    }
    write(caller, ids, sold)
    event = caller.session(ids)["events"][0]["purchase"]

    assert event["cart"].pop("products")
    assert event["cart"] == {"serverTimeStamp": 0, "contexts": {}, "total": None, "numItems": None}


@pytest.mark.parametrize(
    "attribute",
    [{"type": "horoscope"}, {}, {"type": "cart", "total": 1}, {"type": "lead"}, {"type": "personal", "personal": 3}],
)
def test_an_unusable_attribute_is_a_bad_request(
    caller: Caller, ids: tuple[str, str], attribute: dict[str, Any]
) -> None:
    assert write(caller, ids, attribute).status_code == 400


def test_writing_back_has_its_own_refusals(caller: Caller, ids: tuple[str, str]) -> None:
    bearer = Bearer(caller.log_in().json()["bearer"])

    assert write(caller, ids, auth=bearer).status_code == 401
    assert write(caller, ids, account="404404").status_code == 422
    assert write(caller, ids, headers={}).status_code == 400
    assert write(caller, ids, json={"type": "lead"}).status_code == 400
    assert write(caller, (ids[0], "qCsUrTldTh0UEWLjLCGqkQ")).status_code == 404


def test_a_created_session_is_known_to_visit_information(caller: Caller) -> None:
    person = {"type": "personal", "personal": {"firstname": "Sarah", "lastname": "West"}}
    document = engage(caller, body={"appType": "EXTERNAL", "engagementAttributes": [person]}).json()
    session = caller.session((document["visitorId"], document["sessionId"]))

    assert document["status"] == "Available"
    assert document["engagementDetails"]["validForSeconds"] == 900
    assert document["pageId"] == session["pages"][0]["id"]
    assert session["personalInfo"]["personalInfo"]["name"] == "Sarah"


def test_a_created_session_is_continued_under_its_ids(caller: Caller) -> None:
    first = engage(caller).json()
    path = f"/{first['visitorId']}?sid={first['sessionId']}"
    again = engage(caller, path=path).json()
    body = {
        "pageId": first["pageId"],
        "impAttributes": [{"type": "impAccept", "eContext": [{"type": "engagementContext", "id": "1"}]}],
    }
    updated = engage(caller, "PUT", path, body)

    assert again == first
    assert (updated.status_code, updated.content) == (200, b"")
    session = caller.session((first["visitorId"], first["sessionId"]))
    assert "impressionAccepted" in session["engagements"][0]


def test_an_illegal_version_is_refused_as_documented(caller: Caller) -> None:
    answer = engage(caller, v="2.0")

    assert answer.status_code == 400
    assert (answer.json()["message"], answer.json()["internalCode"]) == ("Illegal Version", 33)
    assert engage(caller, body={"appType": "TOASTER"}).status_code == 400
