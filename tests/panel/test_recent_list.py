"""What a signed-in agent opened lately, beside the look-up form."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django import Settings

from lpcontext.accounts.models import Account
from lpcontext.snapshots.memory import forget_connection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]
VISIT = "/visits/71820394/QzZDNhYTViMjA1OTJjN2Y5/?sid=ttJpjOmRQ0adbOusBi5UlA"
CHAT = "/chats/71820394/H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415/"


@pytest.fixture
def account() -> Account:
    return Account.objects.create(id="71820394", name="Demo shop")


def sign_in(name: str) -> Client:
    user, _ = User.objects.get_or_create(username=name)
    user.user_permissions.add(Permission.objects.get(codename="look_at_visits"))
    browser = Client(headers={"host": "localhost"})
    browser.force_login(user)
    return browser


def read_links(browser: Client) -> list[str]:
    return re.findall(r'<li>\s*<a href="([^"]+)">', browser.get("/").text)


def test_what_was_opened_is_listed_newest_first_and_leads_back(account: Account) -> None:
    ann = sign_in("ann")
    for address in (VISIT, CHAT, VISIT):
        assert ann.get(address).status_code == 200

    assert read_links(ann) == [VISIT, CHAT]
    assert ann.get(read_links(ann)[0]).status_code == 200


def test_a_line_is_recognised_by_its_kind_account_and_the_ends_of_its_ids(account: Account) -> None:
    ann = sign_in("ann")
    ann.get(VISIT)
    ann.get(CHAT)
    page = ann.get("/").text
    beside = page.partition('class="recent"')[2].partition("</nav>")[0]
    words = " ".join(re.sub(r"<time[^>]*>[^<]*</time>|<[^>]+>", " ", beside).partition("lately")[2].split())

    assert words.startswith("Chat …7415 Demo shop Visit …N2Y5 · …5UlA Demo shop")
    assert len(re.findall(r'<time datetime="[^"]+" data-as="ago">', beside)) == 2


def test_nobody_reads_anothers(account: Account) -> None:
    sign_in("ann").get(VISIT)

    assert read_links(sign_in("bob")) == []
    assert "Opened lately" not in sign_in("bob").get("/").text


def test_it_is_there_after_signing_in_again(account: Account) -> None:
    ann = sign_in("ann")
    ann.get(VISIT)
    ann.post("/logout/")

    assert read_links(sign_in("ann")) == [VISIT]


def test_what_was_refused_is_not_listed(account: Account) -> None:
    ann = sign_in("ann")
    ann.get("/visits/71820394/no%20visitor/?sid=x")
    ann.get("/visits/99/QzZDNhYTViMjA1OTJjN2Y5/?sid=ttJpjOmRQ0adbOusBi5UlA")

    assert read_links(ann) == []


def test_a_paused_accounts_is_left_out(account: Account) -> None:
    ann = sign_in("ann")
    ann.get(VISIT)
    Account.objects.update(is_active=False)

    assert read_links(ann) == []


def test_with_memory_gone_the_form_is_there_all_the_same(account: Account, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()

    assert "Look up a visit" in sign_in("ann").get("/").text
