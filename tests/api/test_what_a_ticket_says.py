"""What a server may say of agent and record goes into the ticket; what is wrong is named, and never repeated."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from lpcontext.accounts.integration_keys import issue_key
from lpcontext.accounts.models import Account
from lpcontext.launch.model import CrmRecord
from lpcontext.launch.tickets import open_ticket

ACCOUNT = "71820394"
WIDE = "\U00020000"  # four bytes
GOOD: dict[str, Any] = {
    "accountId": ACCOUNT,
    "visitorId": "QzZDNhYTViMjA1OTJjN2Y5",
    "sessionId": "ttJpjOmRQ0adbOusBi5UlA",
    "agent": {"id": "7", "name": "Ann", "role": "second line"},
    "crm": {"phone": "+49\u00a030 901820", "email": "c@shop.example", "customerId": "K-7", "recordUrl": "https://crm.example/7?a=b"},
    "locale": "de-DE",
    "timeZone": "Europe/Berlin",
}  # fmt: skip


@pytest.fixture
def bearer(db: None, memory: None) -> str:
    return f"Bearer {issue_key(Account.objects.create(id=ACCOUNT), name='CRM')}"


def send(client: Client, bearer: str, document: dict[str, Any]) -> Any:
    headers = {"Authorization": bearer}
    return client.post("/api/v1/tickets", json.dumps(document), content_type="application/json", headers=headers)


def test_all_that_is_said_is_in_the_launch(client: Client, bearer: str) -> None:
    answer = send(client, bearer, GOOD)

    launch = open_ticket(answer.json()["url"].rpartition("/")[2]).launch
    assert (launch.agent_id, launch.agent_name, launch.role) == ("7", "Ann", "second line")
    assert (launch.host, launch.locale, launch.time_zone) == ("ticket", "de-DE", "Europe/Berlin")
    assert launch.crm == CrmRecord(
        phone="+49\u00a030 901820",
        email="c@shop.example",
        customer_id="K-7",
        record_url="https://crm.example/7?a=b",
    )


def test_what_is_not_said_is_left_open(client: Client, bearer: str) -> None:
    said = {name: GOOD[name] for name in ("accountId", "visitorId", "sessionId")}

    launch = open_ticket(send(client, bearer, said).json()["url"].rpartition("/")[2]).launch

    assert (launch.role, launch.locale, launch.time_zone, launch.crm) == ("", None, None, None)


@pytest.mark.parametrize("body", ["[" * 20_000, '{"crm":' * 5_000, '{"crm": {"phone": "\\ud800"}}'])
def test_what_cannot_be_read_is_no_error_of_ours(client: Client, bearer: str, body: str) -> None:
    headers: dict[str, Any] = {"Authorization": bearer}

    assert client.post("/api/v1/tickets", body, content_type="application/json", headers=headers).status_code == 400


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"crm": {"recordUrl": "javascript:alert(1)"}}, "crm.recordUrl"),
        ({"crm": {"recordUrl": "https://"}}, "crm.recordUrl"),
        ({"crm": {"recordUrl": "https:///path"}}, "crm.recordUrl"),
        ({"crm": {"recordUrl": "https://crm.example/\u2028"}}, "crm.recordUrl"),
        ({"crm": {"recordUrl": "https://crm.example/" + "a" * 500}}, "crm.recordUrl"),
        ({"crm": {"phone": "1" * 61}}, "crm.phone"),
        ({"crm": {"email": 7}}, "crm.email"),
        ({"crm": {"customerId": "a\u0085b"}}, "crm.customerId"),
        ({"crm": "all of it"}, "crm"),
        ({"agent": {"role": "r" * 101}}, "agent.role"),
        ({"agent": {"name": "a\u007f"}}, "agent.name"),
        ({"locale": "german"}, "locale"),
        ({"locale": "de-DE-\u00e4"}, "locale"),
        ({"timeZone": "CEST-1"}, "timeZone"),
        ({"timeZone": "../../etc/passwd"}, "timeZone"),
        ({"timeZone": "Europe"}, "timeZone"),
        ({"visitorId": 7}, "visitorId"),
        ({"agent": {"id": WIDE * 200, "name": WIDE * 200}, "crm": {"email": WIDE * 254, "phone": WIDE * 60}}, "crm"),
    ],
)
def test_what_is_wrong_is_named(client: Client, bearer: str, changed: dict[str, Any], field: str) -> None:
    answer = send(client, bearer, GOOD | changed)

    assert answer.status_code == 400
    assert answer.json()["field"] == field
