"""A panel whose launch names no origin: the page that frames it does, and the panel ends with that origin."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from lpcontext.accounts.models import Account
from lpcontext.launch import issue_ticket
from lpcontext.snapshots import shared_now_ms
from lpcontext.subjects import VisitKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]
VISIT = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
CRM, OTHER = "https://crm.example", "https://other.example"
FRAME = {"host": "localhost", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe", "Referer": f"{CRM}/record/7"}


@pytest.fixture
def account() -> Account:
    return Account.objects.create(id=VISIT.account_id, origins=[CRM, OTHER])


def open_ticket(account: Account, origin: str | None = None, **headers: str) -> str:
    """The panel's token."""
    path = issue_ticket(account, VISIT, now_ms=shared_now_ms(), agent_name="Ann", origin=origin).path
    page = Client().get(path, headers=FRAME | headers)
    token = re.search(r'"X-LPContext-Panel": "([^"]+)"', page.text)
    assert token
    return token[1]


def is_open(token: str) -> bool:
    answer = Client().post("/panel/copied", {"section": "identity"}, headers={"X-LPContext-Panel": token})
    assert answer.status_code in (204, 410)
    return answer.status_code == 204


def remove_origin(account: Account, origin: str) -> None:
    account.origins.remove(origin)
    account.save()


def test_it_ends_with_the_origin_it_is_framed_by(account: Account) -> None:
    token = open_ticket(account)
    remove_origin(account, OTHER)
    assert is_open(token)
    remove_origin(account, CRM)

    assert not is_open(token)


def test_an_origin_that_the_launch_names_has_the_last_word(account: Account) -> None:
    token = open_ticket(account, OTHER)
    remove_origin(account, CRM)
    assert is_open(token)
    remove_origin(account, OTHER)

    assert not is_open(token)


@pytest.mark.parametrize(
    "headers",
    [
        {"Referer": ""},
        {"Referer": "https://evil.example/"},
        {"Referer": f"{CRM}.evil.example/"},
        {"Referer": "https://[oops"},
        {"Sec-Fetch-Dest": "document"},
    ],
)
def test_what_no_browser_says_of_a_frame_ends_nothing(account: Account, headers: dict[str, str]) -> None:
    token = open_ticket(account, **headers)
    remove_origin(account, CRM)

    assert is_open(token)
