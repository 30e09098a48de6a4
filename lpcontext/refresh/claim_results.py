"""What is made of a claim once its subject was asked for, or could not be: its status, and what to keep."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from lpcontext.refresh.kinds.kind import Kind, SubjectUpdate
from lpcontext.refresh.transitions import (
    after_answer,
    after_end,
    after_failure,
    after_missing_client,
    after_outage,
    forget_answers,
)
from lpcontext.snapshots import (
    KEEP_AT_MOST_MS,
    Claim,
    ClaimResult,
    LastAnswer,
    SubjectStatus,
    name_of,
    name_version,
    waiting_status,
)


def build_answer_result(kind: Kind, claim: Claim, update: SubjectUpdate, *, asked_ms: int, now_ms: int) -> ClaimResult:
    before = _status_of(kind, claim, now_ms=now_ms)
    status = after_answer(before, asked_ms=asked_ms, now_ms=update.at_ms, interval_ms=kind.interval_ms())
    related = name_of(update.related) if update.related else status.related
    status = replace(status, quiet_since_ms=update.quiet_since_ms, related=related)
    if update.ended_at_ms is not None:  # an answer forgets an earlier end, unless it says so once more
        status = after_end(status, ended_at_ms=before.ended_at_ms or update.ended_at_ms)
    return _build_result(claim, status, last_answer=update.last_answer, stored=update.stored)


def build_failure_result(kind: Kind, claim: Claim, error: Exception, *, asked_ms: int, now_ms: int) -> ClaimResult:
    status = _status_of(kind, claim, now_ms=now_ms)
    return _build_result(claim, after_failure(status, error, asked_ms=asked_ms, now_ms=now_ms))


def build_pause_result(
    kind: Kind, claim: Claim, *, until_ms: int, now_ms: int, asked_ms: int | None = None
) -> ClaimResult:
    """Its account is not to be asked before `until_ms`; `asked_ms`: it was for this subject that it said so."""
    status = after_outage(_status_of(kind, claim, now_ms=now_ms), due_ms=until_ms)
    return _build_result(claim, status if asked_ms is None else replace(status, asked_ms=asked_ms))


def is_expired(claim: Claim, *, now_ms: int) -> bool:
    """LivePerson keeps a visit for six hours at most (contract 4.3), and so do we."""
    return claim.status is not None and now_ms - claim.status.first_seen_ms > KEEP_AT_MOST_MS


def build_expired_result(kind: Kind, claim: Claim, *, now_ms: int) -> ClaimResult:
    """It begins anew, at once."""
    serial = claim.status.serial if claim.status else 0
    anew = waiting_status(now_ms=now_ms, interval_ms=kind.interval_ms())
    return ClaimResult(claim=claim, status=replace(anew, serial=serial + 1), last_answer=LastAnswer(), forget=True)


def build_clientless_result(kind: Kind, claim: Claim, *, forget: bool, now_ms: int) -> ClaimResult:
    """`forget`: the account is removed or paused, and what was known of its visitors is shown to nobody any more."""
    status = after_missing_client(_status_of(kind, claim, now_ms=now_ms), now_ms=now_ms)
    if not forget:
        return _build_result(claim, status)
    return _build_result(claim, forget_answers(status), last_answer=LastAnswer(), forget=True)


def _status_of(kind: Kind, claim: Claim, *, now_ms: int) -> SubjectStatus:
    return claim.status or waiting_status(now_ms=now_ms, interval_ms=kind.interval_ms())


def _build_result(
    claim: Claim,
    status: SubjectStatus,
    *,
    last_answer: LastAnswer | None = None,
    stored: msgspec.Struct | None = None,
    forget: bool = False,
) -> ClaimResult:
    status = name_version(status, content=(last_answer or claim.last_answer).content)
    status = replace(status, serial=status.serial + 1)
    return ClaimResult(claim=claim, status=status, last_answer=last_answer, stored=stored, forget=forget)
