"""A client that knows nothing of our own one: plain requests, signed where wanted, to the bytes where needed."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage, HTTPResponse
from types import TracebackType
from typing import Any, Self

import requests
from requests_oauthlib import OAuth1

from lpcontext.emulator import EmulatedAccount, Emulator


@dataclass(frozen=True, slots=True)
class RawReply:
    status: int
    headers: HTTPMessage
    body: bytes


class Caller:
    """Asks one emulator."""

    def __init__(self, emulator: Emulator) -> None:
        self.base_url = emulator.base_url
        self.account = emulator.account
        self.http = requests.Session()
        self.http.trust_env = False

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        return self.http.request(method, self.base_url + path, timeout=5, allow_redirects=False, **options)

    def visit(self, ids: tuple[str, str], *, auth: Any = None, account: str = "", **query: str) -> requests.Response:
        """The visit's state, signed unless another `auth` is given."""
        visitor_id, session_id = ids
        path = (
            f"/api/account/{account or self.account.account_id}/monitoring/visitors/{visitor_id}/visits/current/state"
        )
        parameters = {"v": "1", "sid": session_id} | query
        return self.ask("GET", path, params=parameters, auth=auth or sign_with(self.account))

    def state(self, ids: tuple[str, str]) -> dict[str, Any]:
        answer = self.visit(ids)
        assert answer.status_code == 200, answer.text
        state: dict[str, Any] = answer.json()
        return state

    def session(self, ids: tuple[str, str]) -> dict[str, Any]:
        session: dict[str, Any] = self.state(ids)["appSessions"][0]
        return session

    def code(self, ids: tuple[str, str], **options: Any) -> tuple[int, int]:
        """Status and internal code of a refusal."""
        answer = self.visit(ids, **options)
        return answer.status_code, answer.json()["internalCode"]

    def log_in(self, **body: str) -> requests.Response:
        credentials = body or {"username": self.account.username, "password": self.account.password}
        return self.ask("POST", f"/api/account/{self.account.account_id}/login?v=1.3", json=credentials)

    def control(self, method: str, path: str, **body: Any) -> Any:
        answer = self.ask(method, f"/emulator/{path}", **({"json": body} if method == "POST" else {}))
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def raw(self, method: str, target: str, headers: dict[str, str] | None = None) -> RawReply:
        """Ask with this very request target."""
        connection = HTTPConnection(self.base_url.removeprefix("http://"), timeout=5)
        try:
            connection.request(method, target, headers=headers or {})
            answer: HTTPResponse = connection.getresponse()
            return RawReply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()


def sign_with(account: EmulatedAccount, **options: Any) -> OAuth1:
    return OAuth1(account.app_key, account.secret, account.access_token, account.access_token_secret, **options)


class Bearer(requests.auth.AuthBase):
    """`Authorization: Bearer …`."""

    def __init__(self, bearer: str) -> None:
        self.bearer = bearer

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.bearer}"
        return request
