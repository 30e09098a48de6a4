"""What is older than LPCONTEXT_AUDIT_DAYS goes; what stays is sealed with the newest key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from lpcontext.audit.actions import Action, Actor
from lpcontext.audit.models import AuditRecord
from lpcontext.audit.pruning import prune_records, reseal_subjects
from lpcontext.audit.recording import record_action
from lpcontext.audit.request_origin import RequestOrigin
from lpcontext.audit.sealed_subjects import open_subject
from lpcontext.sealing import Sealer
from lpcontext.subjects import VisitKey

SUBJECT = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]


def test_old_records_go_and_younger_ones_stay(settings: Any) -> None:
    settings.AUDIT_DAYS = 30
    now = timezone.now()
    for days in (1, 29, 31, 400):
        AuditRecord.objects.create(at=now - timedelta(days=days), action="opened", host="ticket", reason=str(days))

    assert prune_records(now=now) == 2
    assert {record.reason for record in AuditRecord.objects.all()} == {"1", "29"}


def test_after_rotation_the_newest_key_alone_opens_the_ids(settings: Any) -> None:
    record_action(Action.OPENED, actor=Actor(host="ticket"), origin=RequestOrigin(), subject=SUBJECT)
    newest = b"n" * 32

    counted = reseal_subjects(sealer=Sealer([newest, *settings.SEAL_KEYS]))

    assert counted == (1, 0)
    kept = AuditRecord.objects.get()
    assert open_subject(bytes(kept.sealed_subject), record_id=str(kept.pk), sealer=Sealer([newest])) == SUBJECT
    assert reseal_subjects(sealer=Sealer([newest])) == (0, 0)


def test_ids_that_no_key_opens_are_counted_and_left(settings: Any) -> None:
    record_action(Action.OPENED, actor=Actor(host="ticket"), origin=RequestOrigin(), subject=SUBJECT)

    assert reseal_subjects(sealer=Sealer([b"n" * 32])) == (0, 1)
