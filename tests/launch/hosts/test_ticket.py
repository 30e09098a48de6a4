"""Tickets open once, for a minute; no token opens as one."""

from __future__ import annotations

from typing import Any

import pytest

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.models import Account
from lpcontext.launch import Launch, LaunchExpired, issue_ticket, seal_token
from lpcontext.launch.hosts.ticket import spend_ticket
from lpcontext.launch.model import LaunchForged, LaunchSpent
from lpcontext.subjects import VisitKey

NOW = 1_800_000_000_000
KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
LAUNCH = Launch(subject=KEY, slug="abc", opened_ms=NOW, expires_ms=NOW + 1000)


pytestmark = pytest.mark.django_db


def make_ticket(**options: Any) -> str:
    account, _ = Account.objects.get_or_create(
        id="71820394", slug="abcdefabcdef", defaults={"origins": ["https://crm.example"]}
    )
    return issue_ticket(account, KEY, now_ms=NOW, **options).path.removeprefix("/launch/ticket/")


@pytest.mark.usefixtures("memory")
def test_a_ticket_opens_what_it_was_made_for() -> None:
    launch = spend_ticket(make_ticket(agent_name="Ann", origin="https://crm.example"), now_ms=NOW)

    assert (launch.subject, launch.agent_name, launch.origin) == (KEY, "Ann", "https://crm.example")


@pytest.mark.usefixtures("memory")
def test_a_ticket_opens_once() -> None:
    ticket = make_ticket()
    spend_ticket(ticket, now_ms=NOW)

    with pytest.raises(LaunchSpent):
        spend_ticket(ticket, now_ms=NOW)


@pytest.mark.usefixtures("memory")
def test_a_ticket_is_over_after_a_minute() -> None:
    ticket = make_ticket()

    with pytest.raises(LaunchExpired):
        spend_ticket(ticket, now_ms=NOW + 60_000)


@pytest.mark.parametrize(
    "change", [lambda t: t[:-2], lambda t: "x" + t, lambda t: t.swapcase(), lambda t: "A" * 5000, lambda t: ""]
)
def test_a_changed_ticket_is_forged(change: object) -> None:
    assert callable(change)
    with pytest.raises(LaunchForged):
        spend_ticket(change(make_ticket()), now_ms=NOW)


def test_a_ticket_tells_no_ids() -> None:
    ticket = make_ticket(agent_name="Ann")

    assert not [id_ for id_ in (KEY.visitor_id, KEY.session_id, KEY.account_id, "Ann") if id_ in ticket]


def test_an_origin_the_account_does_not_allow_gets_no_ticket() -> None:
    with pytest.raises(BadOrigin):
        make_ticket(origin="https://evil.example")


def test_a_token_does_not_open_as_a_ticket() -> None:
    with pytest.raises(LaunchForged):
        spend_ticket(seal_token(LAUNCH), now_ms=NOW)
