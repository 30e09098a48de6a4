"""Revealing and reporting copies, too often by one agent: 429 with when to come back; others go on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from lpcontext.accounts.models import Account
from lpcontext.launch import Launch, seal_token
from lpcontext.snapshots import shared_now_ms
from lpcontext.subjects import VisitKey
from tests.limits.conftest import ACCOUNT, MOST, SESSION, VISITOR, count_until_refused


def send(client: Client, path: str, *, agent_id: str) -> Any:
    now_ms = shared_now_ms()
    launch = Launch(
        subject=VisitKey(account_id=ACCOUNT, visitor_id=VISITOR, session_id=SESSION),
        slug="abcdefabcdef",
        opened_ms=now_ms,
        expires_ms=now_ms + 60_000,
        agent_id=agent_id,
    )
    return client.post(path, {"section": "identity"}, headers={"X-LPContext-Panel": seal_token(launch)})


@pytest.mark.parametrize(("path", "usual"), [("/panel/copied", 204), ("/panel/reveal", 403)])
def test_an_agent_does_so_much_in_panels(
    client: Client, account: Account, settings: Settings, path: str, usual: int
) -> None:
    settings.LIMIT_PER_AGENT = MOST
    answers = [send(client, path, agent_id="a-17") for _ in range(MOST + 2)]
    statuses = [answer.status_code for answer in answers]

    assert count_until_refused(statuses) == MOST
    assert statuses[:MOST] == [usual] * MOST
    assert 0 < int(answers[-1]["Retry-After"]) <= 60 / MOST
    assert send(client, path, agent_id="a-18").status_code == usual
