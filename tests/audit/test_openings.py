"""Each opened panel and each refused launch is recorded, once; a tick, a look-up form and a reload are not."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django import Settings

from lpcontext.accounts.models import Account
from lpcontext.audit.models import AuditRecord
from lpcontext.launch import issue_ticket
from lpcontext.snapshots import shared_now_ms
from lpcontext.subjects import VisitKey

SUBJECT = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]


@pytest.fixture
def account() -> Account:
    return Account.objects.create(id="71820394", slug="abcdefabcdef")


def make_ticket(account: Account) -> str:
    return issue_ticket(account, SUBJECT, now_ms=shared_now_ms(), agent_id="7", agent_name="Ann").path


def list_records() -> list[tuple[str, str, str, str]]:
    rows = AuditRecord.objects.order_by("at", "action")
    return [(row.action, row.host, row.agent_name, row.failed_check) for row in rows]


def test_an_opened_ticket_and_its_second_use_are_recorded(account: Account, client: Client) -> None:
    path = make_ticket(account)

    opened, again = client.get(path), client.get(path)

    assert (opened.status_code, again.status_code) == (200, 410)
    assert list_records() == [("opened", "ticket", "Ann", ""), ("refused", "ticket", "Ann", "spent")]
    assert {row.request_id for row in AuditRecord.objects.all()} == {opened["X-Request-Id"], again["X-Request-Id"]}


def test_a_forged_ticket_is_recorded_without_what_was_sent(account: Account, client: Client) -> None:
    client.get("/launch/ticket/made-up-by-somebody")

    assert list_records() == [("refused", "ticket", "", "seal")]
    assert "made-up" not in str(list(AuditRecord.objects.values()))


def test_a_reload_opens_nothing_anew(account: Account, client: Client) -> None:
    client.get(make_ticket(account))
    client.get(f"/panel/{account.slug}/")

    assert len(list_records()) == 1


def test_a_signed_in_agent_s_look_is_recorded_under_their_name(account: Account, client: Client) -> None:
    user = User.objects.create_user("bo")
    user.user_permissions.add(Permission.objects.get(codename="look_at_visits"))
    client.force_login(user)

    client.get(f"/visits/71820394/{SUBJECT.visitor_id}/?sid={SUBJECT.session_id}")

    assert list_records() == [("opened", "login", "bo", "")]


@pytest.mark.parametrize(("behind_proxy", "kept"), [(True, "from-the-proxy-1"), (False, None)])
def test_a_request_id_is_the_proxy_s_own_where_one_is_in_front(
    account: Account, client: Client, settings: Settings, behind_proxy: bool, kept: str | None
) -> None:
    settings.BEHIND_PROXY = behind_proxy

    answer = client.get(make_ticket(account), headers={"X-Request-Id": "from-the-proxy-1"})

    assert (answer["X-Request-Id"] == "from-the-proxy-1") is (kept is not None)


def test_a_request_id_that_is_no_id_is_not_repeated(account: Account, client: Client, settings: Settings) -> None:
    settings.BEHIND_PROXY = True

    answer = client.get(make_ticket(account), headers={"X-Request-Id": "<script>alert(1)</script>"})

    assert "script" not in answer["X-Request-Id"]
