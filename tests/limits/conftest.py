"""Doors with limits that a test reaches: a token comes back every twenty seconds at the earliest."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from lpcontext.accounts.models import Account

MOST = 3
ACCOUNT = "71820394"
VISITOR, SESSION = "QzZDNhYTViMjA1OTJjN2Y5", "ttJpjOmRQ0adbOusBi5UlA"
HTML = {"Accept": "text/html", "host": "localhost"}


@pytest.fixture
def account(db: None, memory: None) -> Account:
    return Account.objects.create(id=ACCOUNT, slug="abcdefabcdef", origins=["https://crm.example"])


@pytest.fixture
def agent(account: Account) -> Client:
    """A browser of somebody who may look."""
    return sign_in("ann")


def sign_in(name: str) -> Client:
    user = User.objects.create_user(name)
    user.user_permissions.add(Permission.objects.get(codename="look_at_visits"))
    browser = Client()
    browser.force_login(user)
    return browser


def count_until_refused(statuses: list[int]) -> int:
    """How many were served before the first 429, behind which there is nothing else."""
    served = statuses.index(429)
    assert set(statuses[served:]) == {429}
    return served
