"""The operators' search and export: by subject without its ids in an address, and nothing changes a record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import cast

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from pytest_django import Settings

from lpcontext.audit.actions import Action, Actor
from lpcontext.audit.models import AuditRecord
from lpcontext.audit.recording import record_action
from lpcontext.audit.request_origin import RequestOrigin
from lpcontext.snapshots.memory import forget_connection
from lpcontext.subjects import ChatKey, Subject, VisitKey
from tests.support.locked_database import refuse_writes

VISIT = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
CHAT = ChatKey(account_id="71820394", chat_id="H7152398-K4")
PAGES = "/admin/audit/auditrecord/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]


def record(subject: Subject, name: str) -> AuditRecord:
    record_action(
        Action.OPENED, actor=Actor(host="ticket", agent_name=name), origin=RequestOrigin(address="198.51.100.7"),
        subject=subject,
    )  # fmt: skip
    return AuditRecord.objects.latest("at")


def sign_in(client: Client, *permissions: str) -> Client:
    user = User.objects.create_user("auditor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_auditrecord", *permissions]))
    client.force_login(user)
    return client


def read_stream(response: object) -> str:
    assert isinstance(response, StreamingHttpResponse)
    return b"".join(cast("Iterator[bytes]", response.streaming_content)).decode()


def test_the_records_of_one_visit_are_found_by_its_ids_which_stand_in_no_address(client: Client) -> None:
    record(VISIT, "Ann")
    record(CHAT, "Bogdan-Other")
    auditor = sign_in(client)

    sent = auditor.post(
        f"{PAGES}find/", {"account_id": "71820394", "visitor_id": VISIT.visitor_id, "session_id": VISIT.session_id}
    )
    page = auditor.get(sent["Location"]).text

    assert VISIT.visitor_id not in sent["Location"]
    assert "Ann" in page
    assert "Bogdan-Other" not in page


def test_ids_that_name_nothing_are_said_so(client: Client) -> None:
    page = sign_in(client).post(f"{PAGES}find/", {"account_id": "71820394"}, follow=True).text

    assert "A visit needs both its visitor id and its session id" in page


def test_nobody_adds_changes_or_removes(client: Client) -> None:
    kept = record(VISIT, "Ann")
    client.force_login(User.objects.create_superuser("operator"))

    assert client.get(f"{PAGES}add/").status_code == 403
    assert client.post(f"{PAGES}{kept.pk}/change/", {"reason": "x"}).status_code == 403
    assert client.get(f"{PAGES}{kept.pk}/delete/").status_code == 403
    assert "delete_selected" not in client.get(PAGES).text


def test_ids_are_shown_to_those_allowed_and_that_is_recorded_too(client: Client) -> None:
    kept = record(VISIT, "Ann")
    auditor = sign_in(client, "view_audited_ids")

    page = auditor.get(f"{PAGES}{kept.pk}/change/").text

    assert VISIT.visitor_id in page
    seen = AuditRecord.objects.latest("at")
    assert (seen.action, seen.agent_name, seen.reason) == ("revealed", "auditor", f"audit record {kept.pk}")


def test_ids_are_not_shown_to_others(client: Client) -> None:
    kept = record(VISIT, "Ann")

    assert VISIT.visitor_id not in sign_in(client).get(f"{PAGES}{kept.pk}/change/").text
    assert AuditRecord.objects.count() == 1


def test_an_export_holds_what_was_chosen_and_is_recorded(client: Client) -> None:
    kept = record(VISIT, "Ann")
    auditor = sign_in(client, "export_audit")

    answer = auditor.post(PAGES, {"action": "export", "_selected_action": [str(kept.pk)]})

    (row,) = csv.DictReader(io.StringIO(read_stream(answer)))
    assert (row["agent_name"], row["action"], row["address"]) == ("Ann", "opened", "198.51.100.7")
    assert AuditRecord.objects.latest("at").action == "exported"


def test_a_cell_is_no_formula(client: Client) -> None:
    kept = record(VISIT, '=HYPERLINK("https://evil.example")')
    auditor = sign_in(client, "export_audit")

    text = read_stream(auditor.post(PAGES, {"action": "export", "_selected_action": [str(kept.pk)]}))

    (row,) = csv.DictReader(io.StringIO(text))
    assert row["agent_name"].startswith("'=")


def test_without_the_permission_there_is_no_export(client: Client) -> None:
    kept = record(VISIT, "Ann")

    answer = sign_in(client).post(PAGES, {"action": "export", "_selected_action": [str(kept.pk)]})

    assert not isinstance(answer, StreamingHttpResponse)
    assert AuditRecord.objects.count() == 1


def test_whoever_may_not_see_the_audit_finds_nothing_in_it(client: Client) -> None:
    client.force_login(User.objects.create_user("clerk", is_staff=True))

    assert client.get(PAGES).status_code == 403
    assert client.post(f"{PAGES}find/", {"account_id": "1"}).status_code == 403


@pytest.fixture
def nowhere_to_record(settings: Settings) -> Iterator[None]:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    with connection.execute_wrapper(refuse_writes):
        yield


def test_what_cannot_be_recorded_is_neither_shown_nor_exported(client: Client, request: pytest.FixtureRequest) -> None:
    kept = record(VISIT, "Ann")
    auditor = sign_in(client, "view_audited_ids", "export_audit")
    request.getfixturevalue("nowhere_to_record")

    shown = auditor.get(f"{PAGES}{kept.pk}/change/", follow=True)
    exported = auditor.post(PAGES, {"action": "export", "_selected_action": [str(kept.pk)]}, follow=True)

    for answer in (shown, exported):
        assert answer.status_code == 200
        assert "cannot be just now" in answer.text
        assert VISIT.visitor_id not in answer.text
