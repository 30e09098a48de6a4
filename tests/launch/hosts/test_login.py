"""A signed-in agent opens a panel by its address: with the right to look, framed by nobody, in their own name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from lpcontext.accounts.models import Account
from lpcontext.accounts.rights import grant_of_user
from lpcontext.launch import Launch, build_login_address, open_token
from lpcontext.subjects import ChatKey, Subject, VisitKey, now_ms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]
VISIT = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
CHAT = ChatKey(account_id="71820394", chat_id="H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415")


@pytest.fixture
def account() -> Account:
    return Account.objects.create(id=VISIT.account_id, origins=["https://crm.example"])


@pytest.fixture
def agent(account: Account) -> User:
    agent = User.objects.create_user("ann")
    agent.user_permissions.add(Permission.objects.get(codename="look_at_visits"))
    return agent


def open_address(user: User, subject: Subject) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(build_login_address(subject), headers={"host": "localhost"})


def read_launch(page: Any) -> Launch:
    token = re.search(r'"X-LPContext-Panel": "([^"]+)"', page.content.decode())
    assert token
    return open_token(token[1], now_ms=now_ms())


@pytest.mark.parametrize("subject", [VISIT, CHAT])
def test_an_agent_opens_a_panel_by_its_address(agent: User, account: Account, subject: Subject) -> None:
    launch = read_launch(open_address(agent, subject))

    assert (launch.subject, launch.slug, launch.agent_name) == (subject, account.slug, "ann")
    assert launch.granted_by == grant_of_user(agent.pk)
    assert launch.origin is None


@pytest.mark.parametrize("subject", [VISIT, CHAT])
def test_nobody_frames_it_and_a_reload_verifies_anew(agent: User, subject: Subject) -> None:
    page = open_address(agent, subject)

    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert 'data-reload=""' in page.content.decode()


def test_without_the_permission_to_look_nothing_opens(account: Account) -> None:
    page = open_address(User.objects.create_user("bob"), VISIT)

    assert page.status_code == 403
    assert "X-LPContext-Panel" not in page.content.decode()


def test_an_account_that_is_paused_opens_nothing(agent: User, account: Account) -> None:
    account.is_active = False
    account.save()

    page = open_address(agent, VISIT)

    assert page.status_code == 404
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
