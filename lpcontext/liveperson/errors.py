"""Everything that can go wrong between us and LivePerson, as one tree.

LivePersonError                 operation, service, status, code, reason: never body, query, headers or ids
├── Unreachable                 ask again later (`retry_pause`)
│   ├── TimedOut                no answer in time                       counts against the circuit
│   ├── ConnectionFailed        no connection, or it broke                counts
│   ├── ServerFailed            5xx, or 202 "loading account"             counts
│   ├── RateLimited             429                                       does not
│   └── LoginUnderWay           another worker is logging in              does not
│       └── AgentSessionUnderWay    … is starting the agent session       does not
├── Refused                     asking again changes nothing; somebody must act
│   ├── CredentialsRejected     401, 403, OAuth problems; `reason` says what to look at
│   ├── LoginBlocked            451
│   ├── AgentSessionRefused     the chat engine lets the user or key not in: permission, feature, its own session
│   ├── WrongAccount            404 / 6: account, host, or ids of another kind (contract 0.6)
│   ├── WrongVisitor            404 / 37, or an id that fits in no address
│   ├── WrongSession            404 / 39, or an id that fits in no address
│   ├── BadRequest              400
│   ├── RequestRejected         any other 4xx, also a 404 with a code nobody documents
│   └── HostNotAllowed          the Domain API named a foreign host; it was not asked
├── VisitNotFound               404 / 12: the session has left LivePerson's memory; an outcome, not a fault
├── ChatNotFound                404 in a good agent session, or an id that fits in no address; an outcome, not a fault
└── UnreadableResponse          an answer, but none we can read: not retried soon, somebody must look
"""

from __future__ import annotations

from typing import Any, ClassVar

from lpcontext.liveperson.reasons import Reason


class LivePersonError(Exception):
    """`status` and `code` are None where LivePerson did not answer or gave none. `retry_after` is in seconds."""

    usual_reason: ClassVar[Reason]
    counts_against_circuit: ClassVar[bool] = False

    def __init__(
        self,
        *,
        operation: str,
        service: str,
        status: int | None = None,
        code: int | None = None,
        reason: Reason | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__()
        self.operation = operation
        self.service = service
        self.status = status
        self.code = code
        self.reason = reason or self.usual_reason
        self.retry_after = retry_after

    def __str__(self) -> str:
        if self.status is None:
            return f"{self.operation}: {self.reason}"
        code = "" if self.code is None else f" (code {self.code})"
        reason = "" if self.reason is self.usual_reason else f", {self.reason}"
        return f"{self.operation}: LivePerson answered {self.status}{code}{reason}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are rebuilt from `args`, which keyword arguments never enter; Celery sends ours between processes.
        names = ("operation", "service", "status", "code", "reason", "retry_after")
        return _rebuild, (type(self), {name: getattr(self, name) for name in names})


def _rebuild(kind: type[LivePersonError], facts: dict[str, Any]) -> LivePersonError:
    return kind(**facts)


class Unreachable(LivePersonError):
    """Ask again later."""

    usual_reason = Reason.CONNECTION_FAILED


class TimedOut(Unreachable):
    usual_reason = Reason.TIMED_OUT
    counts_against_circuit = True


class ConnectionFailed(Unreachable):
    usual_reason = Reason.CONNECTION_FAILED
    counts_against_circuit = True


class ServerFailed(Unreachable):
    usual_reason = Reason.SERVER_FAILED
    counts_against_circuit = True


class RateLimited(Unreachable):
    usual_reason = Reason.RATE_LIMITED


class LoginUnderWay(Unreachable):
    usual_reason = Reason.LOGIN_UNDER_WAY


class AgentSessionUnderWay(LoginUnderWay):
    """An agent session is the agent's log-in to the chat engine (contract 0.2): wait as for the other one."""

    usual_reason = Reason.AGENT_SESSION_UNDER_WAY


class Refused(LivePersonError):
    """Asking again changes nothing; somebody must act."""

    usual_reason = Reason.REQUEST_REJECTED


class CredentialsRejected(Refused):
    usual_reason = Reason.NOT_AUTHORIZED


class LoginBlocked(Refused):
    usual_reason = Reason.LOGIN_BLOCKED


class AgentSessionRefused(Refused):
    usual_reason = Reason.AGENT_SESSION_REFUSED


class WrongAccount(Refused):
    usual_reason = Reason.WRONG_ACCOUNT


class WrongVisitor(Refused):
    usual_reason = Reason.WRONG_VISITOR


class WrongSession(Refused):
    usual_reason = Reason.WRONG_SESSION


class BadRequest(Refused):
    usual_reason = Reason.BAD_REQUEST


class RequestRejected(Refused):
    usual_reason = Reason.REQUEST_REJECTED


class HostNotAllowed(Refused):
    usual_reason = Reason.HOST_NOT_ALLOWED


class VisitNotFound(LivePersonError):
    usual_reason = Reason.VISIT_NOT_FOUND


class ChatNotFound(LivePersonError):
    usual_reason = Reason.CHAT_NOT_FOUND


class UnreadableResponse(LivePersonError):
    usual_reason = Reason.NOT_JSON
