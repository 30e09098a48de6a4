"""What kind of no it was: status and LivePerson's internal code, as one of our errors (contract 0.6, 2.1, 4.2)."""

from __future__ import annotations

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
    UnreadableResponse,
    VisitNotFound,
    WrongAccount,
    WrongSession,
    WrongVisitor,
)
from lpcontext.liveperson.http.messages import Response
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.responses.envelopes import (
    decode_json,
    read_internal_code,
    read_oauth_problem,
    read_retry_after,
)

_NOT_FOUND: dict[int, type[LivePersonError]] = {6: WrongAccount, 12: VisitNotFound, 37: WrongVisitor, 39: WrongSession}
_BY_STATUS: dict[int, type[LivePersonError]] = {400: BadRequest, 429: RateLimited, 451: LoginBlocked}
_NO_PERMISSION_CODE = 10
_WRONG_ACCOUNT_CODE = 6
# In a good agent session, a 404 to these can only mean the chat; the chat engine documents no codes.
_ABOUT_A_CHAT = ("chat", "chats", "survey")


def find_status_error(response: Response) -> LivePersonError:
    """The named error for a response that is no success."""
    code = read_internal_code(decode_json(response.body))
    kind, reason = _judge(response, code)
    return kind(
        operation=response.operation,
        service=response.service,
        status=response.status,
        code=code,
        reason=reason,
        retry_after=read_retry_after(response),
    )


def _judge(response: Response, code: int | None) -> tuple[type[LivePersonError], Reason | None]:
    if response.status == 202:
        return ServerFailed, Reason.STILL_LOADING
    if response.status >= 500:
        return ServerFailed, None
    if response.status < 400:
        return UnreadableResponse, Reason.REDIRECTED
    if response.operation == "domain look-up":
        return _judge_domain_look_up(response.status), None
    problem = read_oauth_problem(response)
    if problem is None and response.operation == "agent session":
        return _judge_agent_session(response, code)
    if problem is not None or response.status in (401, 403):
        return CredentialsRejected, problem or _why_rejected(response, code)
    if response.operation == "login" and response.status == 400:
        return CredentialsRejected, Reason.LOGIN_REFUSED  # a log-in is nothing but credentials
    if response.status == 404:
        return _judge_not_found(response, code), None
    return _BY_STATUS.get(response.status, RequestRejected), None


def _judge_domain_look_up(status: int) -> type[LivePersonError]:
    """Nothing but the account can be wrong in it: it takes no credentials, and 401 is "invalid site" (contract 1)."""
    return WrongAccount if status in (400, 401, 404) else _BY_STATUS.get(status, RequestRejected)


def _judge_agent_session(response: Response, code: int | None) -> tuple[type[LivePersonError], Reason | None]:
    """Starting one asks for nothing but to be let in (contract 7.4); a bare 401 is also how an old bearer ends."""
    if response.status == 404 and code == _WRONG_ACCOUNT_CODE:
        return WrongAccount, None
    if response.status == 401 and code != _NO_PERMISSION_CODE:
        return CredentialsRejected, Reason.NOT_AUTHORIZED
    reason = Reason.NO_PERMISSION if response.status in (401, 403) else None
    return _BY_STATUS.get(response.status, AgentSessionRefused), reason


def _judge_not_found(response: Response, code: int | None) -> type[LivePersonError]:
    if response.operation in _ABOUT_A_CHAT:
        return ChatNotFound
    if code in _NOT_FOUND and (response.service == "smt" or code == _WRONG_ACCOUNT_CODE):
        return _NOT_FOUND[code]
    return RequestRejected


def _why_rejected(response: Response, code: int | None) -> Reason:
    if response.operation == "login":
        return Reason.LOGIN_REFUSED
    if response.operation in ("refresh", "logout"):
        return Reason.LOGIN_ENDED
    return Reason.NO_PERMISSION if response.status == 403 or code == _NO_PERMISSION_CODE else Reason.NOT_AUTHORIZED
