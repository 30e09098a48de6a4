"""What an answer, or the lack of one, makes of what we know: the table of DESIGN section 6, as code."""

from __future__ import annotations

from msgspec.structs import replace

from lpcontext.chats import UnreadableChat
from lpcontext.liveperson import (
    AgentSessionRefused,
    BadRequest,
    ChatNotFound,
    LivePersonError,
    LoginUnderWay,
    RateLimited,
    RequestRejected,
    Unreachable,
    UnreadableAnswer,
    VisitNotFound,
    WrongAccount,
    WrongSession,
    WrongVisitor,
    retry_pause,
)
from lpcontext.refresh.schedule import SLOW_MS, UNAUTHORIZED_MS, due_after_answer
from lpcontext.snapshots import Vitals
from lpcontext.visits import UnreadableVisit

_SETTLED: dict[type[LivePersonError], str] = {
    WrongVisitor: "wrong-visitor",
    WrongSession: "wrong-session",
    WrongAccount: "wrong-account",
    BadRequest: "bad-request",
    RequestRejected: "bad-request",
}


def settle_answer(vitals: Vitals, *, changed: bool, started_ms: int, now_ms: int, interval_ms: int) -> Vitals:
    return replace(
        vitals,
        state="live",
        as_of_ms=now_ms,
        due_ms=due_after_answer(started_ms=started_ms, now_ms=now_ms, interval_ms=interval_ms),
        interval_ms=interval_ms,
        took_ms=now_ms - started_ms,
        failures=0,
        reason="",
        ended_at_ms=None,
        changed_at_ms=now_ms if changed else vitals.changed_at_ms,
    )


def settle_failure(vitals: Vitals, error: Exception, *, knows: bool, now_ms: int) -> Vitals:
    """Any error of liveperson, visits or chats. `knows`: something is held, and stays as it was."""
    match error:
        case LoginUnderWay():
            return replace(vitals, due_ms=now_ms + 300)
        case Unreachable():
            failures = vitals.failures if isinstance(error, RateLimited) else vitals.failures + 1
            pause = retry_pause(failures=max(1, failures), error=error)
            return _lose_touch(replace(vitals, failures=failures), knows=knows, due_ms=now_ms + int(pause * 1000))
        case VisitNotFound() | ChatNotFound():
            return replace(
                vitals, state="ended" if knows else "not-found", due_ms=None, ended_at_ms=now_ms if knows else None
            )
        case UnreadableAnswer() | UnreadableVisit() | UnreadableChat():
            return replace(vitals, state="unreadable", due_ms=now_ms + SLOW_MS)
        case LivePersonError() if type(error) in _SETTLED:
            return replace(vitals, state=_SETTLED[type(error)], due_ms=None)
        case AgentSessionRefused():
            due_ms = now_ms + UNAUTHORIZED_MS
            return replace(vitals, state="agent-session-refused", due_ms=due_ms, reason=str(error.reason))
        case _:  # whatever else is refused, somebody must act: credentials, permission, a host that is not LivePerson's
            reason = str(getattr(error, "reason", ""))
            return replace(vitals, state="unauthorized", due_ms=now_ms + UNAUTHORIZED_MS, reason=reason)


def settle_open_circuit(vitals: Vitals, *, knows: bool, until_ms: int) -> Vitals:
    """We did not ask; the subject's own count of failures stays."""
    return _lose_touch(vitals, knows=knows, due_ms=until_ms)


def settle_ended(vitals: Vitals, *, ended_at_ms: int) -> Vitals:
    """A chat that is over: said by LivePerson itself, not asked for again."""
    return replace(vitals, state="ended", due_ms=None, ended_at_ms=ended_at_ms)


def _lose_touch(vitals: Vitals, *, knows: bool, due_ms: int) -> Vitals:
    return replace(vitals, state="cached" if knows else "upstream-down", due_ms=due_ms)
