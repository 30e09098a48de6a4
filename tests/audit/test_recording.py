"""Who did what is recorded; a database that is locked or away delays it, and loses none."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import Error, connection

from lpcontext.audit.actions import Action, Actor
from lpcontext.audit.models import AuditRecord, RecordStays
from lpcontext.audit.recording import AuditUnavailable, record_action, record_refusal, write_waiting_records
from lpcontext.audit.request_origin import RequestOrigin
from lpcontext.audit.sealed_subjects import open_subject
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import list_waiting_records
from lpcontext.snapshots.memory import connect, forget_connection
from lpcontext.subjects import VisitKey
from tests.support.locked_database import refuse_writes

SUBJECT = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
ACTOR = Actor(host="ticket", verified_by="key:7", agent_id="a-1", agent_name="Ann")
ORIGIN = RequestOrigin(request_id="request-1", address="198.51.100.7")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]


def record(**options: Any) -> None:
    record_action(Action.OPENED, actor=ACTOR, origin=ORIGIN, subject=SUBJECT, **options)


def test_a_record_says_who_did_what_to_which_subject_from_where() -> None:
    record(kinds={"phone", "email"}, reason="caller asks")

    (kept,) = AuditRecord.objects.all()
    assert (kept.action, kept.account_id, kept.agent_name, kept.host, kept.verified_by) == (
        "opened", "71820394", "Ann", "ticket", "key:7",
    )  # fmt: skip
    assert (kept.kinds, kept.reason, kept.request_id, kept.address) == (
        "email, phone", "caller asks", "request-1", "198.51.100.7",
    )  # fmt: skip
    assert open_subject(bytes(kept.sealed_subject), record_id=str(kept.pk), sealer=get_sealer()) == SUBJECT


def test_the_same_subject_has_the_same_name_and_no_id_stands_in_the_open() -> None:
    record()
    record()

    rows = list(AuditRecord.objects.values())
    assert len({row["subject_name"] for row in rows}) == 1
    assert SUBJECT.visitor_id not in repr(rows) + str(rows)


def test_ids_sealed_for_one_record_open_for_no_other() -> None:
    record()
    record()
    one, other = AuditRecord.objects.all()

    with pytest.raises(Exception, match="another purpose"):
        open_subject(bytes(one.sealed_subject), record_id=str(other.pk), sealer=get_sealer())


def test_a_record_is_neither_changed_nor_removed() -> None:
    record()
    kept = AuditRecord.objects.get()

    kept.reason = "another"
    with pytest.raises(RecordStays):
        kept.save()
    with pytest.raises(RecordStays):
        kept.delete()
    with pytest.raises(Error, match="not changed"):
        AuditRecord.objects.update(reason="another")


def test_what_a_locked_database_refuses_waits_in_memory_sealed() -> None:
    with connection.execute_wrapper(refuse_writes):
        record(reason="first")
        record(reason="second")

    assert not AuditRecord.objects.exists()
    waiting = list_waiting_records(10)
    assert len(waiting) == 2
    assert not any(b"Ann" in each or SUBJECT.visitor_id.encode() in each for each in waiting)

    assert write_waiting_records() == 2
    assert {kept.reason for kept in AuditRecord.objects.all()} == {"first", "second"}
    assert list_waiting_records(10) == []


def test_a_crash_between_writing_and_removing_writes_nothing_twice() -> None:
    with connection.execute_wrapper(refuse_writes):
        record()
    (waiting,) = list_waiting_records(10)
    write_waiting_records()
    connect().rpush("lpc:audit", waiting)

    write_waiting_records()

    assert AuditRecord.objects.count() == 1


def test_what_waits_has_an_end_of_its_own() -> None:
    with connection.execute_wrapper(refuse_writes):
        record()

    assert 29 * 86_400 < connect().ttl("lpc:audit") <= 30 * 86_400


def test_more_than_are_written_at_once_are_all_written() -> None:
    with connection.execute_wrapper(refuse_writes):
        for _ in range(205):
            record()

    assert write_waiting_records() == 205
    assert AuditRecord.objects.count() == 205


def test_without_database_and_memory_nothing_may_happen_but_a_refusal(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    with connection.execute_wrapper(refuse_writes):
        with pytest.raises(AuditUnavailable):
            record()
        record_refusal(actor=ACTOR, origin=ORIGIN, failed_check="seal")
