"""The API, asked too often: 429 in JSON, with when to come back; others are served."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from lpcontext.accounts.integration_keys import issue_key
from lpcontext.accounts.models import Account
from lpcontext.snapshots import read_counts
from lpcontext.snapshots.memory import forget_connection
from tests.limits.conftest import ACCOUNT, MOST, SESSION, VISITOR, count_until_refused


def ask_ticket(client: Client, key: str, *, account: str = ACCOUNT) -> Any:
    ids = {"accountId": account, "visitorId": VISITOR, "sessionId": SESSION}
    headers = {"Authorization": f"Bearer {key}"}
    return client.post("/api/v1/tickets", ids, content_type="application/json", headers=headers)


@pytest.fixture
def key(account: Account) -> str:
    return issue_key(account, name="crm")


def test_a_key_is_served_so_many_times_and_others_go_on(client: Client, key: str, settings: Settings) -> None:
    settings.LIMIT_PER_KEY = MOST
    answers = [ask_ticket(client, key) for _ in range(MOST + 2)]
    other = issue_key(Account.objects.get(), name="other")

    assert count_until_refused([answer.status_code for answer in answers]) == MOST
    assert 0 < int(answers[-1]["Retry-After"]) <= 60 / MOST
    assert "Retry-After" in answers[-1].json()["error"]
    assert ask_ticket(client, other).status_code == 201


def test_an_account_is_served_so_many_times_with_whichever_key(client: Client, key: str, settings: Settings) -> None:
    settings.LIMIT_PER_ACCOUNT = MOST
    keys = [key, issue_key(Account.objects.get(), name="other")] * MOST
    statuses = [ask_ticket(client, each).status_code for each in keys]
    apart = issue_key(Account.objects.create(id="9"), name="apart")

    assert count_until_refused(statuses) == MOST
    assert ask_ticket(client, apart, account="9").status_code == 201


def test_wrong_keys_from_one_network_are_soon_not_looked_up(client: Client, key: str, settings: Settings) -> None:
    settings.LIMIT_UNPROVEN = MOST
    statuses = [ask_ticket(client, "lpk_wrong").status_code for _ in range(MOST + 2)]

    assert count_until_refused(statuses) == MOST
    assert ask_ticket(client, key).status_code == 429
    assert client.post("/api/v1/tickets", REMOTE_ADDR="192.0.2.9").status_code == 401


def test_right_keys_count_as_nothing_unproven(client: Client, key: str, settings: Settings) -> None:
    settings.LIMIT_UNPROVEN = 1

    assert {ask_ticket(client, key).status_code for _ in range(MOST)} == {201}


def test_a_limit_of_none_is_none(client: Client, key: str, settings: Settings) -> None:
    assert settings.LIMIT_PER_KEY == 0
    assert {ask_ticket(client, key).status_code for _ in range(20)} == {201}


def test_operators_see_how_many_were_refused(client: Client, key: str, settings: Settings) -> None:
    settings.LIMIT_PER_KEY = 1
    for _ in range(3):
        ask_ticket(client, key)

    assert read_counts()["limits_reached", (("door", "api"),)] == 2


def test_with_memory_away_the_door_opens_as_ever(client: Client, key: str, settings: Settings) -> None:
    settings.LIMIT_PER_KEY = settings.LIMIT_UNPROVEN = 1
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()

    assert {ask_ticket(client, key).status_code for _ in range(3)} == {201}
    assert {ask_ticket(client, "lpk_wrong").status_code for _ in range(3)} == {401}
