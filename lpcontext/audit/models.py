"""The record. It is added to and pruned, never changed: here, in the admin, and by a trigger in the database."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models


class RecordStays(Exception):
    """An audit record was to be changed or removed."""

    def __init__(self) -> None:
        super().__init__("audit records are only added, and pruned when they are old")


class AuditRecord(models.Model):
    """Who did what to which subject, when, from where. It outlives its account, user and key: it refers to no row.

    `subject_name` is a keyed hash, the same for the same subject; `sealed_subject` holds its ids, for those allowed.
    """

    record_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=16)
    account_id = models.CharField(max_length=20, blank=True, db_index=True)
    agent_id = models.CharField(max_length=200, blank=True)
    agent_name = models.CharField(max_length=200, blank=True, db_index=True)
    host = models.CharField(max_length=32)
    verified_by = models.CharField(max_length=100, blank=True)
    subject_kind = models.CharField(max_length=16, blank=True)
    subject_name = models.CharField(max_length=32, blank=True, db_index=True)
    sealed_subject = models.BinaryField(default=bytes, editable=False)
    kinds = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    failed_check = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=64, blank=True, db_index=True)
    address = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-at",)
        permissions = (
            ("export_audit", "Can export audit records"),
            ("view_audited_ids", "Can see which visit or chat an audit record is about"),
        )

    def __str__(self) -> str:
        return f"{self.action} at {self.at:%Y-%m-%d %H:%M:%S}"

    def __repr__(self) -> str:
        return f"<AuditRecord {self.record_id}>"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises RecordStays for one that is kept already."""
        if not self._state.adding:
            raise RecordStays
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises RecordStays. What is old goes by `pruning.prune_records`."""
        raise RecordStays
