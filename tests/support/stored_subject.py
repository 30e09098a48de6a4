"""Put a subject into memory as a worker would: watched, queued, claimed, completed. And read its status, or lose it."""

from __future__ import annotations

import hashlib

import msgspec
from msgspec.structs import replace

from lpcontext.refresh.kinds import KINDS
from lpcontext.snapshots import (
    PROBE_MS,
    ClaimResult,
    LastAnswer,
    StoredVisit,
    SubjectStatus,
    complete_claims,
    enqueue,
    find_stored,
    name_of,
    name_of_account,
    name_of_circuit,
    stored_form,
    take_due,
    watch_subject,
    with_version,
)
from lpcontext.snapshots.memory import connect
from lpcontext.subjects import Subject

_WATCH_MS = 60_000


def store_subject(subject: Subject, status: SubjectStatus, stored: msgspec.Struct | None) -> SubjectStatus:
    """Keep it; returns the status with its version. Watched for a minute, due when the status says."""
    name, account = name_of(subject), name_of_account(subject.account_id)
    [kind] = [each for each in KINDS if each.name == subject.kind]
    watch_subject(name, kind=kind.name, account=account, watch_ms=_WATCH_MS)
    enqueue(subject, status=status)
    taken = take_due(
        account,
        kind.name,
        circuit=name_of_circuit(subject.account_id, kind.service),
        token=f"test:{name}:{status.serial}",
        most=1000,
        claim_ms=_WATCH_MS,
        pace_ms=0,
        slack_ms=0,
        probe_ms=PROBE_MS,
        wants_stored=False,
    )
    [claim] = [each for each in taken.claims if each.name == name]
    content = hashlib.blake2b(msgspec.msgpack.encode(stored), digest_size=16).digest()
    status = replace(with_version(status, content=content), serial=status.serial + 1)
    notes = LastAnswer(answer=b"answer", content=content, form=stored_form())
    complete_claims(account, kind.name, [ClaimResult(claim=claim, status=status, last_answer=notes, stored=stored)])
    return status


def find_status(name: str) -> SubjectStatus | None:
    """What is kept of a subject's status, by its name."""
    found = find_stored(name, StoredVisit)
    return found[0] if found else None


def forget_subject(name: str) -> None:
    """As when Redis has evicted it."""
    connect().delete(f"lpc:s:{name}")
