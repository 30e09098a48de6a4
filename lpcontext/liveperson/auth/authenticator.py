"""Sending in the account's name: with a key that signs, or with the bearer of a log-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from requests.auth import AuthBase

from lpcontext.liveperson.auth.bearer import Bearer
from lpcontext.liveperson.auth.login_session import LoginSession
from lpcontext.liveperson.auth.oauth1 import OAuth1Signature
from lpcontext.liveperson.auth.shared_login import SharedLogin
from lpcontext.liveperson.errors import AgentSessionRefused, CredentialsRejected
from lpcontext.liveperson.http.connection import Connection
from lpcontext.liveperson.http.messages import Request
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.responses.reading import read_object

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AuthContext:
    """In whose name a request goes out. `login` names the log-in; it is empty for a key, which has none."""

    auth: AuthBase = field(repr=False)
    login: str = field(default="", repr=False)


class Authenticator(Protocol):
    """How an account proves that it may ask (contract 3.3). `context`, `run` and `send` raise LivePersonError."""

    def context(self) -> AuthContext:
        """What there is to show now; a log-in is made where none is held."""

    def run(self, step: Callable[[AuthContext], T]) -> T:
        """Take a step that may be refused for an old bearer: it is taken twice then."""

    def send(self, connection: Connection, request: Request) -> dict[str, object]: ...

    def keep_login(self) -> bool: ...

    def log_out(self) -> None: ...


class OAuth1Authenticator:
    """A key signs every request; there is no log-in to keep or to end (contract 3.1)."""

    def __init__(self, signature: OAuth1Signature) -> None:
        self._context = AuthContext(signature)

    def context(self) -> AuthContext:
        return self._context

    def run(self, step: Callable[[AuthContext], T]) -> T:
        return step(self._context)

    def send(self, connection: Connection, request: Request) -> dict[str, object]:
        return self.run(_sending(connection, request))

    def keep_login(self) -> bool:
        return False

    def log_out(self) -> None:
        return None


class LoginAuthenticator:
    """A log-in's bearer goes with every request; after a 401 there is one more log-in, and one more try."""

    def __init__(self, login: SharedLogin) -> None:
        self._login = login

    def context(self) -> AuthContext:
        return _context_of(self._login.find_login())

    def run(self, step: Callable[[AuthContext], T]) -> T:
        return self._run(step, self._login.find_login())

    def send(self, connection: Connection, request: Request) -> dict[str, object]:
        return self._run(_sending(connection, request), self._login.recall_login())

    def _run(self, step: Callable[[AuthContext], T], session: LoginSession) -> T:
        try:
            return step(_context_of(session))
        except (CredentialsRejected, AgentSessionRefused) as refusal:
            if refusal.status != 401:
                raise
        fresh = self._login.replace_login(session)
        try:
            return step(_context_of(fresh))
        except CredentialsRejected as refusal:
            if refusal.reason is Reason.NOT_AUTHORIZED:
                refusal.reason = Reason.BEARER_REFUSED  # nothing was said, but we know this much
            self._login.keep_useless(refusal)
            raise

    def keep_login(self) -> bool:
        return self._login.keep_login()

    def log_out(self) -> None:
        self._login.log_out()


def _context_of(session: LoginSession) -> AuthContext:
    return AuthContext(Bearer(session.bearer), login=session.name)


def _sending(connection: Connection, request: Request) -> Callable[[AuthContext], dict[str, object]]:
    return lambda context: read_object(connection.send(request, auth=context.auth))
