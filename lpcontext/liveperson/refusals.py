"""What kind of no it was: status and LivePerson's internal code, as one of our errors (contract 0.6, 2.1, 4.2)."""

from __future__ import annotations

from lpcontext.liveperson.envelopes import decode_json, read_internal_code, read_oauth_problem, read_retry_after
from lpcontext.liveperson.errors import (
    AgentSessionRefused,
    BadRequest,
    ChatNotFound,
    CredentialsRejected,
    LivePersonError,
    LoginBlocked,
    RateLimited,
    RequestRejected,
    ServerFailed,
    UnreadableAnswer,
    VisitNotFound,
    WrongAccount,
    WrongSession,
    WrongVisitor,
)
from lpcontext.liveperson.line import Answer
from lpcontext.liveperson.reasons import Reason

_NOT_FOUND: dict[int, type[LivePersonError]] = {6: WrongAccount, 12: VisitNotFound, 37: WrongVisitor, 39: WrongSession}
_BY_STATUS: dict[int, type[LivePersonError]] = {400: BadRequest, 429: RateLimited, 451: LoginBlocked}
_NO_PERMISSION_CODE = 10
_WRONG_ACCOUNT_CODE = 6
# In a good agent session, a 404 to these can only mean the chat; the chat engine documents no codes.
_ABOUT_A_CHAT = ("chat", "chats", "chat events", "chat info", "survey")


def name_refusal(answer: Answer) -> LivePersonError:
    """The named error for an answer that is no success."""
    code = read_internal_code(decode_json(answer.body))
    kind, reason = _judge(answer, code)
    return kind(
        operation=answer.operation,
        service=answer.service,
        status=answer.status,
        code=code,
        reason=reason,
        retry_after=read_retry_after(answer),
    )


def _judge(answer: Answer, code: int | None) -> tuple[type[LivePersonError], Reason | None]:
    if answer.status == 202:
        return ServerFailed, Reason.STILL_LOADING
    if answer.status >= 500:
        return ServerFailed, None
    if answer.status < 400:
        return UnreadableAnswer, Reason.REDIRECTED
    if answer.operation == "domain look-up":
        return _judge_domain_look_up(answer.status), None
    problem = read_oauth_problem(answer)
    if problem is None and answer.operation == "agent session":
        return _judge_agent_session(answer, code)
    if problem is not None or answer.status in (401, 403):
        return CredentialsRejected, problem or _why_rejected(answer, code)
    if answer.operation == "login" and answer.status == 400:
        return CredentialsRejected, Reason.LOGIN_REFUSED  # a log-in is nothing but credentials
    if answer.status == 404:
        return _judge_not_found(answer, code), None
    return _BY_STATUS.get(answer.status, RequestRejected), None


def _judge_domain_look_up(status: int) -> type[LivePersonError]:
    """Nothing but the account can be wrong in it: it takes no credentials, and 401 is "invalid site" (contract 1)."""
    return WrongAccount if status in (400, 401, 404) else _BY_STATUS.get(status, RequestRejected)


def _judge_agent_session(answer: Answer, code: int | None) -> tuple[type[LivePersonError], Reason | None]:
    """Starting one asks for nothing but to be let in (contract 7.4); a bare 401 is also how an old bearer ends."""
    if answer.status == 404 and code == _WRONG_ACCOUNT_CODE:
        return WrongAccount, None
    if answer.status == 401 and code != _NO_PERMISSION_CODE:
        return CredentialsRejected, Reason.NOT_AUTHORIZED
    reason = Reason.NO_PERMISSION if answer.status in (401, 403) else None
    return _BY_STATUS.get(answer.status, AgentSessionRefused), reason


def _judge_not_found(answer: Answer, code: int | None) -> type[LivePersonError]:
    if answer.operation in _ABOUT_A_CHAT:
        return ChatNotFound
    if code in _NOT_FOUND and (answer.service == "smt" or code == _WRONG_ACCOUNT_CODE):
        return _NOT_FOUND[code]
    return RequestRejected


def _why_rejected(answer: Answer, code: int | None) -> Reason:
    if answer.operation == "login":
        return Reason.LOGIN_REFUSED
    if answer.operation in ("refresh", "logout"):
        return Reason.LOGIN_ENDED
    return Reason.NO_PERMISSION if answer.status == 403 or code == _NO_PERMISSION_CODE else Reason.NOT_AUTHORIZED
