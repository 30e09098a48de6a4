"""The three calls of the Login Service (contract 2): log in, refresh, log out."""

from __future__ import annotations

from collections.abc import Mapping

from lpcontext.liveperson.auth.credentials import ClientCredentials, UserLogin
from lpcontext.liveperson.auth.login_session import LoginSession
from lpcontext.liveperson.domains import Domains
from lpcontext.liveperson.http.connection import Connection
from lpcontext.liveperson.http.cookies import read_session_cookie
from lpcontext.liveperson.http.messages import Request, Response
from lpcontext.liveperson.responses.reading import check_success


class LoginApi:
    """`account` is percent-encoded. Every method raises LivePersonError."""

    def __init__(self, account: str, *, connection: Connection, domains: Domains) -> None:
        self.service = connection.service
        self.account = account
        self._connection = connection
        self._domains = domains

    def log_in(self, credentials: UserLogin | ClientCredentials) -> Response:
        """Contract 2.1. A refusal is not raised here: `read_login` reads it."""
        return self._post("login", build_login_body(credentials))

    def refresh(self, session: LoginSession) -> str:
        """Contract 2.2. The session cookie, which LivePerson sends again, perhaps another."""
        response = self._post("refresh", {"csrf": session.csrf}, cookie=session.cookie)
        check_success(response)
        return read_session_cookie(response.cookies) or session.cookie

    def log_out(self, session: LoginSession) -> None:
        """Contract 2.3."""
        check_success(self._post("logout", {"csrf": session.csrf}, cookie=session.cookie))

    def _post(self, operation: str, body: Mapping[str, str], *, cookie: str | None = None) -> Response:
        origin = self._domains.find(self.service)
        url = f"{origin}/api/account/{self.account}/{operation}?v=1.3"
        return self._connection.send(Request(operation=operation, method="POST", url=url, json=body, cookie=cookie))


def build_login_body(credentials: UserLogin | ClientCredentials) -> dict[str, str]:
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
