"""The three calls of the Login Service (contract 2): log in, refresh, log out."""

from __future__ import annotations

from collections.abc import Mapping

from lpcontext.liveperson.answers import check_success
from lpcontext.liveperson.cookies import read_session_cookie
from lpcontext.liveperson.credentials import ClientCredentials, UserLogin
from lpcontext.liveperson.domains import DomainBook
from lpcontext.liveperson.held_login import HeldLogin
from lpcontext.liveperson.line import Answer, Line, Question


class LoginCalls:
    """`account` is percent-encoded. Every method raises LivePersonError."""

    def __init__(self, account: str, *, line: Line, domains: DomainBook) -> None:
        self.service = line.service
        self.account = account
        self._line = line
        self._domains = domains

    def log_in(self, credentials: UserLogin | ClientCredentials) -> Answer:
        """Contract 2.1. A refusal is not raised here: `read_login` reads it."""
        return self._post("login", login_body(credentials))

    def refresh(self, held: HeldLogin) -> str:
        """Contract 2.2. The session cookie, which LivePerson sends again, perhaps another."""
        answer = self._post("refresh", {"csrf": held.csrf}, cookie=held.cookie)
        check_success(answer)
        return read_session_cookie(answer.cookies) or held.cookie

    def log_out(self, held: HeldLogin) -> None:
        """Contract 2.3."""
        check_success(self._post("logout", {"csrf": held.csrf}, cookie=held.cookie))

    def _post(self, operation: str, body: Mapping[str, str], *, cookie: str | None = None) -> Answer:
        origin = self._domains.find(self.service)
        url = f"{origin}/api/account/{self.account}/{operation}?v=1.3"
        return self._line.ask(Question(operation=operation, method="POST", url=url, json=body, cookie=cookie))


def login_body(credentials: UserLogin | ClientCredentials) -> dict[str, str]:
    """OAuth 2.0 client credentials go through the call made for OAuth 1.0 keys, with the word `dummy` for the token."""
    if isinstance(credentials, UserLogin):
        return {"username": credentials.username, "password": credentials.password}
    return {
        "username": credentials.username,
        "appKey": credentials.client_id,
        "secret": credentials.client_secret,
        "accessToken": "dummy",
        "accessTokenSecret": "dummy",
    }
