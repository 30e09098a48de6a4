"""The Login Service: login, refresh, logout (contract section 2)."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from .accounts import EmulatedAccount
from .call import Call
from .domains import list_domains
from .error_responses import refuse_login
from .logins import Login
from .messages import Response, json_response
from .sites import Site

CSRF_MESSAGE: Final = "CSRF token invalid! The CSRF token on request does not match the CSRF token on the session"
PRIVILEGES: Final = [100, 101, 1730, 1731, 1732, 1733, 1734, 1735]


def log_in(call: Call) -> Response:
    """`POST /login?v=`: a user, an OAuth 1.0 key, or OAuth 2.0 client credentials with `dummy` tokens."""
    body = call.document()
    if call.request.parameter("v") is None or not isinstance(body, dict):
        return refuse_login(400, message="Bad request", now_ms=call.now_ms)
    if call.site is None or not _is_right(body, call.site.account):
        return refuse_login(401, message="Invalid site, agent or credentials", code=10, now_ms=call.now_ms)
    login = call.site.logins.begin(now_ms=call.now_ms)
    return _with_cookie(json_response(_describe(call, login=login, name=body["username"])), login, call.account_id)


def refresh(call: Call) -> Response:
    """`POST /refresh` with csrf and cookie: the login lasts longer; the body stays empty, the bearer the same."""
    login = _find_login(call)
    if login is None or call.site is None:
        return _refuse_csrf(call)
    call.site.logins.extend(login, now_ms=call.now_ms)
    return _with_cookie(Response(), login, call.account_id)


def log_out(call: Call) -> Response:
    """`POST /logout` with csrf and cookie: the bearer is worth nothing afterwards."""
    login = _find_login(call)
    if login is None or call.site is None:
        return _refuse_csrf(call)
    call.site.logins.end(login)
    return Response()


def _is_right(body: dict[str, Any], account: EmulatedAccount) -> bool:
    wanted = (
        {"username": account.username, "password": account.password},
        {
            "username": account.username,
            "appKey": account.app_key,
            "secret": account.secret,
            "accessToken": account.access_token,
            "accessTokenSecret": account.access_token_secret,
        },
        {
            "username": account.username,
            "appKey": account.client_id,
            "secret": account.client_secret,
            "accessToken": "dummy",
            "accessTokenSecret": "dummy",
        },
    )
    return body in wanted


def _find_login(call: Call) -> Login | None:
    site: Site | None = call.site
    body = call.document()
    if site is None or not isinstance(body, dict):
        return None
    return site.logins.find(call.request.cookie("Session_id"), csrf=body.get("csrf"), now_ms=call.now_ms)


def _refuse_csrf(call: Call) -> Response:
    return refuse_login(401, message=CSRF_MESSAGE, code=10, now_ms=call.now_ms)


def _with_cookie(response: Response, login: Login, account_id: str) -> Response:
    """LivePerson's cookie is Secure as well; over plain http on loopback no client would send it back."""
    cookie = f"Session_id={login.session_cookie}; Path=/api/account/{account_id}; HttpOnly"
    return Response(body=response.body, headers=(("Set-Cookie", cookie),))


def _describe(call: Call, *, login: Login, name: str) -> dict[str, Any]:
    """The documented body, `sessionTTl` spelled and typed as printed."""
    number = str(int(hashlib.sha256(call.account_id.encode()).hexdigest()[:15], 16))
    return {
        "csrf": login.csrf,
        "wsuk": number,
        "config": {
            "loginName": name,
            "userId": number[:10],
            "userPrivileges": PRIVILEGES,
            "serverCurrentTime": call.now_ms,
            "timeDiff": 0,
            "serverTimeZoneName": "Europe/Athens",
            "serverTimeGMTDiff": 10_800_000,
            "isLPA": False,
            "isAdmin": True,
            "accountTimeZoneId": "Europe/Athens",
        },
        "csdsCollectionResponse": {"baseURIs": list_domains(call)},
        "accountData": {
            "agentGroupsData": {"items": [{"id": -1, "deleted": False, "name": "Main Group"}], "revision": 1}
        },
        "sessionTTl": str(login.expires_ms - call.now_ms),
        "bearer": login.bearer,
    }
