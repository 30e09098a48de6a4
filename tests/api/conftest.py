"""What the tests of the API share: an account, its key, and what is known of a visit and a chat of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lpcontext.accounts.integration_keys import issue_key
from lpcontext.accounts.registry import add_account
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import StoredChat, StoredVisit, SubjectStatus, shared_now_ms
from lpcontext.subjects import State, Subject, VisitKey
from tests.support.stored_subject import store_subject

ACCOUNT = "71820394"
VISIT = VisitKey(account_id=ACCOUNT, visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
CREDENTIALS = {"kind": "oauth1", "app_key": "k", "secret": "s", "access_token": "t", "access_token_secret": "ts"}
TICKET = {"accountId": ACCOUNT, "visitorId": VISIT.visitor_id, "sessionId": VISIT.session_id}

Ask = Callable[..., Any]


@pytest.fixture
def key(db: None, memory: None) -> str:
    account = add_account(account_id=ACCOUNT, document=CREDENTIALS, sealer=get_sealer()).account
    return issue_key(account, name="CRM")


@pytest.fixture
def ask(client: Client, key: str) -> Ask:
    """With the key: `ask("POST", "tickets", {...})`."""

    def send(method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        sent = {"Authorization": f"Bearer {key}"} | headers
        return client.generic(method, f"/api/v1/{path}", data, content_type="application/json", headers=sent)

    return send


def keep(subject: Subject, stored: StoredVisit | StoredChat, state: State = State.LIVE) -> None:
    now_ms = shared_now_ms()
    status = SubjectStatus(state=state, first_seen_ms=now_ms, as_of_ms=now_ms, due_ms=now_ms + 60_000)
    store_subject(subject, status, stored)


def assert_problem(answer: Any, status: int, *, field: str | None = None) -> None:
    """RFC 9457, whatever went wrong."""
    problem = answer.json()
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert (problem["status"], problem["detail"]) == (status, problem["error"])
    assert problem["detail"].endswith(".") or "lpk_" in problem["detail"]
    assert problem.get("field") == field
