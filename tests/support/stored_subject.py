"""Put a subject into memory as a worker would: looked at, queued, claimed, settled."""

from __future__ import annotations

import hashlib

import msgspec
from msgspec.structs import replace

from lpcontext.refresh.kinds import KINDS
from lpcontext.snapshots import (
    PROBE_MS,
    Notes,
    Settled,
    SubjectStatus,
    circuit_of,
    enqueue,
    kind_of,
    look_up,
    name_of,
    name_of_account,
    name_version,
    settle,
    stored_form,
    take_due,
)
from lpcontext.subjects import Subject

_WATCH_MS = 60_000


def store_subject(subject: Subject, status: SubjectStatus, stored: msgspec.Struct | None) -> SubjectStatus:
    """Keep it; returns the status with its version. Watched for a minute, due when the status says."""
    name, account = name_of(subject), name_of_account(subject.account_id)
    [kind] = [each for each in KINDS if each.name == kind_of(subject)]
    look_up(name, kind=kind.name, account=account, watch_ms=_WATCH_MS)
    enqueue(subject, status=status)
    taken = take_due(
        account,
        kind.name,
        circuit=circuit_of(subject.account_id, kind.service),
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
    status = replace(name_version(status, content=content), serial=status.serial + 1)
    notes = Notes(answer=b"told", content=content, form=stored_form())
    settle(account, kind.name, [Settled(claim=claim, status=status, notes=notes, stored=stored)])
    return status
