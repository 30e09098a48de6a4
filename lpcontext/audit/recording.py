"""Recording an action: in the database, or where that is away or locked, in memory until it is back."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec
from django.db import Error as DatabaseTrouble

from lpcontext.accounts.short_writes import short_write
from lpcontext.audit.actions import Action, Actor, Entry
from lpcontext.audit.models import AuditRecord
from lpcontext.audit.request_origin import RequestOrigin
from lpcontext.audit.sealed_subjects import seal_subject
from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots import (
    MemoryUnavailable,
    list_waiting_records,
    name_of,
    push_waiting_record,
    remove_waiting_records,
    shared_now_ms,
)
from lpcontext.subjects import Subject

_PURPOSE = "audit.waiting"
_AT_ONCE = 200
_decoder = msgspec.msgpack.Decoder(Entry)
log = logging.getLogger(__name__)


class AuditUnavailable(Exception):
    """Neither the database nor memory takes a record: what must be recorded may not happen now."""

    def __init__(self) -> None:
        super().__init__("an action cannot be recorded")


def record_action(
    action: Action,
    *,
    actor: Actor,
    origin: RequestOrigin,
    account_id: str = "",
    subject: Subject | None = None,
    kinds: Iterable[str] = (),
    reason: str = "",
    failed_check: str = "",
) -> None:
    """Raises AuditUnavailable. Whoever shows something records it first; whoever refuses may go on without."""
    entry = Entry(
        record_id=str(uuid.uuid4()),
        at_ms=shared_now_ms(),
        action=action,
        actor=actor,
        account_id=subject.account_id if subject else account_id,
        subject=subject,
        kinds=tuple(sorted(kinds)),
        reason=reason,
        failed_check=failed_check,
        request_id=origin.request_id,
        address=origin.address,
    )
    try:
        _write([entry])
    except DatabaseTrouble:
        _push(entry)


def record_refusal(
    *, actor: Actor, origin: RequestOrigin, failed_check: str, account_id: str = "", subject: Subject | None = None
) -> None:
    """Refusing needs no record to be right: where none can be made, the log says so."""
    try:
        record_action(
            Action.REFUSED,
            actor=actor,
            origin=origin,
            account_id=account_id,
            subject=subject,
            failed_check=failed_check,
        )
    except AuditUnavailable:
        log.warning("a refusal could not be recorded: neither the database nor memory answers")


def write_waiting_records() -> int:
    """What waits in memory goes into the database, in its order; how many. Raises django.db.Error, MemoryUnavailable.

    A crash in between writes nothing twice: a record is known by its id.
    """
    written = 0
    while waiting := list_waiting_records(_AT_ONCE):
        entries = [entry for sealed in waiting if (entry := _open(sealed))]
        _write(entries)
        remove_waiting_records(waiting)
        written += len(entries)
    return written


def _write(entries: Sequence[Entry]) -> None:
    records = [_build_record(entry) for entry in entries]
    with short_write():
        AuditRecord.objects.bulk_create(records, ignore_conflicts=True)


def _push(entry: Entry) -> None:
    try:
        push_waiting_record(get_sealer().seal(msgspec.msgpack.encode(entry), purpose=_PURPOSE))
    except MemoryUnavailable:
        raise AuditUnavailable from None


def _open(sealed: bytes) -> Entry | None:
    try:
        return _decoder.decode(get_sealer().open(sealed, purpose=_PURPOSE))
    except (SealBroken, msgspec.DecodeError):
        log.error("a record that waited to be written cannot be opened: its seal key was removed too early")
        return None


def _build_record(entry: Entry) -> AuditRecord:
    subject, actor = entry.subject, entry.actor
    return AuditRecord(
        record_id=uuid.UUID(entry.record_id),
        at=datetime.fromtimestamp(entry.at_ms / 1000, UTC),
        action=entry.action,
        account_id=entry.account_id[:20],
        agent_id=(actor.agent_id or "")[:200],
        agent_name=(actor.agent_name or "")[:200],
        host=actor.host[:32],
        verified_by=actor.verified_by[:100],
        subject_kind=subject.kind if subject else "",
        subject_name=name_of(subject) if subject else "",
        sealed_subject=seal_subject(subject, record_id=entry.record_id, sealer=get_sealer()) if subject else b"",
        kinds=", ".join(entry.kinds)[:200],
        reason=entry.reason[:200],
        failed_check=entry.failed_check[:64],
        request_id=entry.request_id[:64],
        address=entry.address[:64],
    )
