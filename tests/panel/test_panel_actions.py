"""Revealing and copying: proven by the panel's token, recorded first, and only what the role may."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from lpcontext.accounts.models import Account, Role
from lpcontext.audit.models import AuditRecord
from lpcontext.launch import Launch, open_token, seal_token
from lpcontext.reading import PersonalKind
from lpcontext.snapshots.memory import forget_connection
from lpcontext.subjects import VisitKey

KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
REASON = "To call back"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]


@pytest.fixture
def account() -> Account:
    account = Account.objects.create(id="71820394", slug="abcdefabcdef")
    kinds = ["email", "phone"]
    Role.objects.create(account=account, name="desk", hidden_kinds=[*kinds, "ip"], revealable_kinds=[*kinds, "money"])
    return account


def make_token(account: Account, role: str = "desk", *, lives_ms: int = 600_000) -> str:
    now_ms = int(time.time() * 1000)
    return seal_token(
        Launch(
            subject=KEY, slug=account.slug, opened_ms=now_ms, expires_ms=now_ms + lives_ms, role=role, agent_name="Ann"
        )
    )


def ask(client: Client, token: str, path: str = "reveal", *, reason: str = REASON, **headers: str) -> Any:
    data = {"reason": reason} if path == "reveal" else {"section": reason}
    return client.post(f"/panel/{path}", data, headers={"X-LPContext-Panel": token} | headers)


def test_a_reason_gets_a_token_that_reveals_for_a_minute_and_is_recorded(client: Client, account: Account) -> None:
    answer = ask(client, make_token(account))

    assert 0 < answer.json()["seconds"] <= 60
    revealed = open_token(answer.json()["token"], now_ms=0)
    assert 0 < revealed.revealed_until_ms - int(time.time() * 1000) <= 60_000
    assert revealed.revealed_kinds == (PersonalKind.EMAIL, PersonalKind.PHONE)
    record = AuditRecord.objects.get()
    assert (record.action, record.agent_name, record.kinds, record.reason) == (
        "revealed",
        "Ann",
        "email, phone",
        REASON,
    )


def test_what_may_be_revealed_is_said_in_words(client: Client, account: Account) -> None:
    answer = client.get("/panel/reveal", headers={"X-LPContext-Panel": make_token(account)})

    assert answer.json() == {"kinds": "phone numbers and e-mail addresses"}
    assert not AuditRecord.objects.exists()


def test_a_role_that_may_reveal_nothing_is_refused(client: Client, account: Account) -> None:
    assert ask(client, make_token(account, role="")).status_code == 403
    assert client.get("/panel/reveal", headers={"X-LPContext-Panel": make_token(account, "")}).json() == {"kinds": ""}
    assert not AuditRecord.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "ab", "a" * 201, "call\x07back"])
def test_without_a_reason_nothing_is_revealed(client: Client, account: Account, reason: str) -> None:
    assert ask(client, make_token(account), reason=reason).status_code == 400
    assert not AuditRecord.objects.exists()


def test_nothing_is_revealed_that_cannot_be_recorded(client: Client, account: Account, settings: Any) -> None:
    token = make_token(account)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "SAVEPOINT")):
            raise OperationalError("database is locked")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        answer = ask(client, token)

    assert answer.status_code == 503
    assert "token" not in answer.json()


@pytest.mark.parametrize("path", ["reveal", "copied"])
def test_only_an_open_panel_may_ask(client: Client, account: Account, path: str) -> None:
    good = make_token(account)

    assert ask(client, "made up", path, reason="identity").status_code == 403
    assert ask(client, "", path, reason="identity").status_code == 403
    assert ask(client, good, path, reason="identity", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert ask(client, make_token(account, lives_ms=-2_000), path, reason="identity").status_code == 410
    Account.objects.update(is_active=False)
    assert ask(client, good, path, reason="identity").status_code == 410
    assert not AuditRecord.objects.exists()


def test_a_copy_is_recorded_by_its_part_and_never_by_what_it_was(client: Client, account: Account) -> None:
    assert ask(client, make_token(account), "copied", reason="identity").status_code == 204
    assert ask(client, make_token(account), "copied", reason="maren@example.com").status_code == 400

    record = AuditRecord.objects.get()
    assert (record.action, record.kinds) == ("copied", "identity")


def test_no_cookie_is_set_and_none_is_needed(account: Account) -> None:
    answer = ask(Client(enforce_csrf_checks=True), make_token(account))

    assert answer.status_code == 200
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_an_agent_who_reveals_too_often_is_asked_to_wait(client: Client, account: Account, settings: Any) -> None:
    settings.LIMIT_PER_AGENT = 2

    statuses = [ask(client, make_token(account)) for _ in range(3)]

    assert [answer.status_code for answer in statuses] == [200, 200, 429]
    assert int(statuses[2]["Retry-After"]) >= 1
