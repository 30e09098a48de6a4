"""The Login Service: login, refresh, logout (contract section 2)."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from .accounts import EmulatedAccount
from .domains import list_domains
from .logins import Login
from .messages import Answer, tell
from .refusals import refuse_login
from .sites import Site
from .stage import Ask

CSRF_MESSAGE: Final = "CSRF token invalid! The CSRF token on request does not match the CSRF token on the session"
PRIVILEGES: Final = [100, 101, 1730, 1731, 1732, 1733, 1734, 1735]


def log_in(ask: Ask) -> Answer:
    """`POST /login?v=`: a user, an OAuth 1.0 key, or OAuth 2.0 client credentials with `dummy` tokens."""
    body = ask.document()
    if ask.request.parameter("v") is None or not isinstance(body, dict):
        return refuse_login(400, message="Bad request", now_ms=ask.now_ms)
    if ask.site is None or not _is_right(body, ask.site.account):
        return refuse_login(401, message="Invalid site, agent or credentials", code=10, now_ms=ask.now_ms)
    login = ask.site.logins.begin(now_ms=ask.now_ms)
    return _with_cookie(tell(_describe(ask, login=login, name=body["username"])), login, ask.account_id)


def refresh(ask: Ask) -> Answer:
    """`POST /refresh` with csrf and cookie: the login lasts longer; the body stays empty, the bearer the same."""
    login = _find_login(ask)
    if login is None or ask.site is None:
        return _refuse_csrf(ask)
    ask.site.logins.extend(login, now_ms=ask.now_ms)
    return _with_cookie(Answer(), login, ask.account_id)


def log_out(ask: Ask) -> Answer:
    """`POST /logout` with csrf and cookie: the bearer is worth nothing afterwards."""
    login = _find_login(ask)
    if login is None or ask.site is None:
        return _refuse_csrf(ask)
    ask.site.logins.end(login)
    return Answer()


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


def _find_login(ask: Ask) -> Login | None:
    site: Site | None = ask.site
    body = ask.document()
    if site is None or not isinstance(body, dict):
        return None
    return site.logins.find(ask.request.cookie("Session_id"), csrf=body.get("csrf"), now_ms=ask.now_ms)


def _refuse_csrf(ask: Ask) -> Answer:
    return refuse_login(401, message=CSRF_MESSAGE, code=10, now_ms=ask.now_ms)


def _with_cookie(answer: Answer, login: Login, account_id: str) -> Answer:
    """LivePerson's cookie is Secure as well; over plain http on loopback no client would send it back."""
    cookie = f"Session_id={login.session_cookie}; Path=/api/account/{account_id}; HttpOnly"
    return Answer(body=answer.body, headers=(("Set-Cookie", cookie),))


def _describe(ask: Ask, *, login: Login, name: str) -> dict[str, Any]:
    """The documented body, `sessionTTl` spelled and typed as printed."""
    number = str(int(hashlib.sha256(ask.account_id.encode()).hexdigest()[:15], 16))
    return {
        "csrf": login.csrf,
        "wsuk": number,
        "config": {
            "loginName": name,
            "userId": number[:10],
            "userPrivileges": PRIVILEGES,
            "serverCurrentTime": ask.now_ms,
            "timeDiff": 0,
            "serverTimeZoneName": "Europe/Athens",
            "serverTimeGMTDiff": 10_800_000,
            "isLPA": False,
            "isAdmin": True,
            "accountTimeZoneId": "Europe/Athens",
        },
        "csdsCollectionResponse": {"baseURIs": list_domains(ask)},
        "accountData": {
            "agentGroupsData": {"items": [{"id": -1, "deleted": False, "name": "Main Group"}], "revision": 1}
        },
        "sessionTTl": str(login.expires_ms - ask.now_ms),
        "bearer": login.bearer,
    }
