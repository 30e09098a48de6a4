"""What an answer, or the lack of one, makes of what we know: the states of docs/architecture.md. All pure.

Times are epoch ms by Redis' clock, lengths ms. Versions are named by whoever keeps the result.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from lpcontext.liveperson import (
    AgentSessionRefused,
    BadRequest,
    LivePersonError,
    RateLimited,
    RequestRejected,
    Unreachable,
    WrongAccount,
    WrongSession,
    WrongVisitor,
    retry_pause,
)
from lpcontext.refresh.kinds import NOT_FOUND, UNREADABLE, Kind, SubjectUpdate
from lpcontext.refresh.timing import SLOW_MS, UNAUTHORIZED_MS, due_after_answer
from lpcontext.snapshots import (
    KEEP_AT_MOST_MS,
    Claim,
    ClaimResult,
    LastAnswer,
    SubjectStatus,
    name_of,
    waiting_status,
    with_version,
)
from lpcontext.subjects import State

NO_CLIENT = "no-client"

_FINAL: dict[type[LivePersonError], State] = {
    WrongVisitor: State.WRONG_VISITOR,
    WrongSession: State.WRONG_SESSION,
    WrongAccount: State.WRONG_ACCOUNT,
    BadRequest: State.BAD_REQUEST,
    RequestRejected: State.BAD_REQUEST,
}


def build_answer_result(kind: Kind, claim: Claim, update: SubjectUpdate, *, asked_ms: int, now_ms: int) -> ClaimResult:
    """An answer came; it is as old as `update` says, asked for at `asked_ms`."""
    before = _status_of(kind, claim, now_ms=now_ms)
    status = after_answer(before, asked_ms=asked_ms, now_ms=update.at_ms, interval_ms=kind.interval_ms())
    related = name_of(update.related) if update.related else status.related
    status = replace(status, quiet_since_ms=update.quiet_since_ms, related=related)
    if update.ended_at_ms is not None:  # an answer forgets an earlier end, unless it says so once more
        status = after_end(status, ended_at_ms=before.ended_at_ms or update.ended_at_ms)
    return _build_result(claim, status, last_answer=update.last_answer, stored=update.stored)


def build_failure_result(kind: Kind, claim: Claim, error: Exception, *, asked_ms: int, now_ms: int) -> ClaimResult:
    """Any error that `Kind.fetch` yields, but a 429, which pauses the account."""
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


def after_answer(status: SubjectStatus, *, asked_ms: int, now_ms: int, interval_ms: int) -> SubjectStatus:
    """Live, due again an interval later; what failed before is forgotten."""
    return replace(
        status,
        state=State.LIVE,
        as_of_ms=now_ms,
        asked_ms=asked_ms,
        due_ms=due_after_answer(due_ms=status.due_ms, asked_ms=asked_ms, now_ms=now_ms, interval_ms=interval_ms),
        interval_ms=interval_ms,
        took_ms=max(0, now_ms - asked_ms),
        failures=0,
        reason="",
        ended_at_ms=None,
    )


def after_end(status: SubjectStatus, *, ended_at_ms: int) -> SubjectStatus:
    """It is over: the moment first named stays, and it is not asked for again by itself."""
    return replace(status, state=State.ENDED, due_ms=None, ended_at_ms=status.ended_at_ms or ended_at_ms)


def after_failure(status: SubjectStatus, error: Exception, *, asked_ms: int, now_ms: int) -> SubjectStatus:
    """Any error of liveperson, visits or chats. What is known stays as it was; an older reason explains nothing now."""
    status = replace(status, asked_ms=asked_ms, reason="")
    match error:
        case RateLimited():
            return after_outage(status, due_ms=now_ms + _pause_ms(1, error))
        case Unreachable():
            failures = status.failures + 1
            return after_outage(replace(status, failures=failures), due_ms=now_ms + _pause_ms(failures, error))
        case _ if isinstance(error, NOT_FOUND):
            return after_not_found(status, now_ms=now_ms)
        case _ if isinstance(error, UNREADABLE):
            return replace(status, state=State.UNREADABLE, due_ms=now_ms + SLOW_MS)
        case LivePersonError() if type(error) in _FINAL:
            return replace(status, state=_FINAL[type(error)], due_ms=None)
        case AgentSessionRefused():
            return _wait_for_operator(status, State.AGENT_SESSION_REFUSED, str(error.reason), now_ms=now_ms)
        case _:  # whatever else is refused, somebody must act: credentials, permission, a host that is not LivePerson's
            return _wait_for_operator(status, State.UNAUTHORIZED, str(getattr(error, "reason", "")), now_ms=now_ms)


def after_not_found(status: SubjectStatus, *, now_ms: int) -> SubjectStatus:
    """It is over where it was once seen; else it never was, or was long ago."""
    if status.has_answer:
        return after_end(status, ended_at_ms=now_ms)
    return replace(status, state=State.NOT_FOUND, due_ms=None)


def after_outage(status: SubjectStatus, *, due_ms: int) -> SubjectStatus:
    """LivePerson does not answer, or is not to be asked before then; the subject's own count of failures stays."""
    return replace(status, state=State.CACHED if status.has_answer else State.UPSTREAM_DOWN, due_ms=due_ms, reason="")


def after_missing_client(status: SubjectStatus, *, now_ms: int) -> SubjectStatus:
    """The account cannot be asked for: nobody added it, it is paused, or its credentials do not open."""
    return _wait_for_operator(status, State.UNAUTHORIZED, NO_CLIENT, now_ms=now_ms)


def forget_answers(status: SubjectStatus) -> SubjectStatus:
    """Nothing that was known may be shown any more: it begins anew."""
    return replace(status, as_of_ms=None, ended_at_ms=None, quiet_since_ms=None, related="")


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
    status = with_version(status, content=(last_answer or claim.last_answer).content)
    status = replace(status, serial=status.serial + 1)
    return ClaimResult(claim=claim, status=status, last_answer=last_answer, stored=stored, forget=forget)


def _wait_for_operator(status: SubjectStatus, state: State, reason: str, *, now_ms: int) -> SubjectStatus:
    return replace(status, state=state, due_ms=now_ms + UNAUTHORIZED_MS, reason=reason)


def _pause_ms(failures: int, error: Unreachable) -> int:
    return int(retry_pause(failures=failures, error=error) * 1000)
