"""What is made of a claim once its subject was asked for, or could not be: status, notes, and what to keep."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from lpcontext.refresh.kinds.kind import Kind, Learnt
from lpcontext.refresh.transitions import (
    after_answer,
    after_end,
    after_failure,
    lose_touch,
    without_client,
    without_memory_of,
)
from lpcontext.snapshots import (
    KEEP_AT_MOST_MS,
    Claim,
    Notes,
    Settled,
    SubjectStatus,
    name_of,
    name_version,
    waiting_status,
)


def conclude_answer(kind: Kind, claim: Claim, learnt: Learnt, *, asked_ms: int, now_ms: int) -> Settled:
    before = _status_of(kind, claim, now_ms=now_ms)
    status = after_answer(before, asked_ms=asked_ms, now_ms=learnt.at_ms, interval_ms=kind.interval_ms())
    related = name_of(learnt.related) if learnt.related else status.related
    status = replace(status, quiet_since_ms=learnt.quiet_since_ms, related=related)
    if learnt.ended_at_ms is not None:  # an answer forgets an earlier end, unless it is told once more
        status = after_end(status, ended_at_ms=before.ended_at_ms or learnt.ended_at_ms)
    return _settle(claim, status, notes=learnt.notes, stored=learnt.stored)


def conclude_failure(kind: Kind, claim: Claim, error: Exception, *, asked_ms: int, now_ms: int) -> Settled:
    status = _status_of(kind, claim, now_ms=now_ms)
    return _settle(claim, after_failure(status, error, asked_ms=asked_ms, now_ms=now_ms))


def conclude_pause(kind: Kind, claim: Claim, *, until_ms: int, now_ms: int, asked_ms: int | None = None) -> Settled:
    """Its account is not to be asked before `until_ms`; `asked_ms`: it was this subject that was told so."""
    status = lose_touch(_status_of(kind, claim, now_ms=now_ms), due_ms=until_ms)
    return _settle(claim, status if asked_ms is None else replace(status, asked_ms=asked_ms))


def is_too_old(claim: Claim, *, now_ms: int) -> bool:
    """LivePerson keeps a visit for six hours at most (contract 4.3), and so do we."""
    return claim.status is not None and now_ms - claim.status.first_seen_ms > KEEP_AT_MOST_MS


def conclude_too_old(kind: Kind, claim: Claim, *, now_ms: int) -> Settled:
    """It begins anew, at once."""
    serial = claim.status.serial if claim.status else 0
    anew = waiting_status(now_ms=now_ms, interval_ms=kind.interval_ms())
    return Settled(claim=claim, status=replace(anew, serial=serial + 1), notes=Notes(), forget=True)


def conclude_without_client(kind: Kind, claim: Claim, *, forget: bool, now_ms: int) -> Settled:
    """`forget`: the account is removed or paused, and what was known of its visitors is shown to nobody any more."""
    status = without_client(_status_of(kind, claim, now_ms=now_ms), now_ms=now_ms)
    if not forget:
        return _settle(claim, status)
    return _settle(claim, without_memory_of(status), notes=Notes(), forget=True)


def _status_of(kind: Kind, claim: Claim, *, now_ms: int) -> SubjectStatus:
    return claim.status or waiting_status(now_ms=now_ms, interval_ms=kind.interval_ms())


def _settle(
    claim: Claim,
    status: SubjectStatus,
    *,
    notes: Notes | None = None,
    stored: msgspec.Struct | None = None,
    forget: bool = False,
) -> Settled:
    status = name_version(status, content=(notes or claim.notes).content)
    status = replace(status, serial=status.serial + 1)
    return Settled(claim=claim, status=status, notes=notes, stored=stored, forget=forget)
