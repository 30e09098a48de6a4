"""What is old goes, and what stays is sealed with the newest key."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from lpcontext.audit.models import AuditRecord
from lpcontext.audit.sealed_subjects import open_subject, seal_subject
from lpcontext.sealing import SealBroken, Sealer


def prune_records(*, now: datetime) -> int:
    """Remove what is older than LPCONTEXT_AUDIT_DAYS; how many."""
    old = AuditRecord.objects.filter(at__lt=now - timedelta(days=settings.AUDIT_DAYS))
    return old.delete()[0]


def reseal_subjects(*, sealer: Sealer) -> tuple[int, int]:
    """Seal every subject with the newest key: how many were, and how many no key opens."""
    resealed = broken = 0
    for record_id, sealed in (
        AuditRecord.objects.exclude(sealed_subject=b"").values_list("pk", "sealed_subject").iterator()
    ):
        sealed = bytes(sealed)
        if sealed.startswith(sealer.mark):
            continue
        try:
            subject = open_subject(sealed, record_id=str(record_id), sealer=sealer)
        except SealBroken:
            broken += 1
            continue
        new = seal_subject(subject, record_id=str(record_id), sealer=sealer)
        resealed += AuditRecord.objects.filter(pk=record_id).update(sealed_subject=new)
    return resealed, broken
