"""A refusal is read where the panel would have been: in the frame of an origin the account allows now, and no other."""

from __future__ import annotations

import json

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import Settings

from lpcontext.accounts.models import Account, IntegrationKey
from lpcontext.accounts.rights import grant_of_key
from lpcontext.launch import issue_ticket
from lpcontext.sealing import get_sealer
from lpcontext.snapshots.memory import forget_connection
from lpcontext.subjects import VisitKey, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import Look, VisitSubject

CRM, OTHER = "https://crm.example", "https://other.example"
KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")


def framed_by(look: Look) -> str:
    return look.headers["Content-Security-Policy"].split("frame-ancestors ")[1].split(";")[0]


@pytest.fixture
def subject(stack: RunningStack) -> VisitSubject:
    """A visit of an account that two origins may frame."""
    subject = stack.create_visit_apart("documented")
    allow(stack, subject, CRM, OTHER)
    return subject


def allow(stack: RunningStack, subject: VisitSubject, *origins: str) -> None:
    emulated = stack.control("POST", "accounts", {"account": subject.account})
    document = {**emulated["credentials"], "origins": origins}
    stack.run("add-account", subject.account, "--credentials", "-", input=json.dumps(document))


def test_a_ticket_does_not_open_in_a_frame_that_was_forbidden_since(stack: RunningStack, subject: VisitSubject) -> None:
    url = stack.launch_url(subject, origin=CRM)
    allow(stack, subject, OTHER)

    refused = stack.open(url)

    assert refused.status == 403
    assert "may no longer show panels" in refused.text
    assert refused.token == ""
    assert framed_by(refused) == OTHER


def test_a_spent_ticket_says_so_in_the_accounts_frames_of_now(stack: RunningStack, subject: VisitSubject) -> None:
    url = stack.launch_url(subject)
    assert framed_by(stack.open(url)) == f"{CRM} {OTHER}"
    allow(stack, subject, CRM)

    refused = stack.open(url)

    assert refused.status == 410
    assert framed_by(refused) == CRM
    assert "X-Frame-Options" not in refused.headers


@pytest.fixture
def account(db: None) -> Account:
    return Account.objects.create(id=KEY.account_id, name="Shop", origins=[CRM])


def open_in_process(client: Client, account: Account, *, issued_ms: int, granted_by: str = "") -> Look:
    path = issue_ticket(account, KEY, now_ms=issued_ms, granted_by=granted_by).path
    answer = client.get(path, headers={"host": "localhost"})
    return Look(answer.status_code, "", answer.text, answer.headers, "")


@pytest.mark.usefixtures("memory")
def test_an_expired_ticket_says_so_in_the_accounts_frames(client: Client, account: Account) -> None:
    refused = open_in_process(client, account, issued_ms=now_ms() - 3_600_000)

    assert refused.status == 410
    assert framed_by(refused) == CRM


@pytest.mark.usefixtures("memory")
def test_a_ticket_of_a_paused_account_says_so_in_the_accounts_frames(client: Client, account: Account) -> None:
    Account.objects.update(is_active=False)

    refused = open_in_process(client, account, issued_ms=now_ms())

    assert refused.status == 403
    assert "switched off" in refused.text
    assert framed_by(refused) == CRM


@pytest.mark.usefixtures("memory")
def test_a_ticket_of_a_revoked_key_says_so_in_the_accounts_frames(client: Client, account: Account) -> None:
    key = IntegrationKey.objects.create(account=account, name="CRM", revoked_at=timezone.now())

    refused = open_in_process(client, account, issued_ms=now_ms(), granted_by=grant_of_key(key.pk))

    assert refused.status == 403
    assert "may no longer" in refused.text
    assert framed_by(refused) == CRM


@pytest.mark.usefixtures("memory")
def test_of_an_account_that_is_gone_nothing_is_known_any_more(client: Client, account: Account) -> None:
    path = issue_ticket(account, KEY, now_ms=now_ms()).path
    account.delete()

    answer = client.get(path, headers={"host": "localhost"})

    assert answer.status_code == 403
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.usefixtures("memory")
def test_of_a_ticket_whose_seal_key_is_dropped_nothing_is_known_any_more(
    client: Client, account: Account, settings: Settings
) -> None:
    path = issue_ticket(account, KEY, now_ms=now_ms()).path
    settings.SEAL_KEYS = [b"n" * 32]
    get_sealer.cache_clear()
    try:
        answer = client.get(path, headers={"host": "localhost"})
    finally:
        get_sealer.cache_clear()

    assert answer.status_code == 403
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_reload_of_a_paused_account_says_so_in_its_frames(client: Client, account: Account) -> None:
    Account.objects.update(is_active=False)

    answer = client.get(f"/panel/{account.slug}/", headers={"host": "localhost"})

    assert answer.status_code == 404
    assert "switched off" in answer.text
    assert f"frame-ancestors {CRM}" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers


def test_a_reload_of_an_address_nobody_has_is_framed_by_nobody(client: Client, account: Account) -> None:
    answer = client.get("/panel/nosuchslug12/", headers={"host": "localhost"})

    assert answer.status_code == 404
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["PUT", "HEAD", "OPTIONS"])
def test_a_wrong_method_says_so_in_the_accounts_frames(client: Client, account: Account, method: str) -> None:
    path = issue_ticket(account, KEY, now_ms=now_ms()).path

    answer = client.generic(method, path, headers={"host": "localhost"})

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, POST"
    assert method == "HEAD" or "cannot be opened like this" in answer.text
    assert f"frame-ancestors {CRM}" in answer["Content-Security-Policy"]


@pytest.mark.usefixtures("memory")
def test_a_fault_of_ours_says_so_in_the_accounts_frames(account: Account) -> None:
    """The page's template cannot be drawn: what is left is Django's handler500."""
    client = Client(raise_request_exception=False)
    path = f"/panel/{account.slug}/"

    with override_settings(TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}]):
        answer = client.get(path, headers={"host": "localhost"})

    assert answer.status_code == 500
    assert f"frame-ancestors {CRM}" in answer["Content-Security-Policy"]


def test_without_memory_the_frame_says_so_and_comes_back(client: Client, account: Account, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    try:
        page = open_in_process(client, account, issued_ms=now_ms())
    finally:
        forget_connection()

    assert page.headers["Refresh"]
    assert framed_by(page) == CRM
