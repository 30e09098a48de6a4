"""Asking in the account's name: with a key that signs, or with the bearer of a log-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from requests.auth import AuthBase

from lpcontext.liveperson.answers import read_object
from lpcontext.liveperson.errors import AgentSessionRefused, CredentialsRejected
from lpcontext.liveperson.held_login import HeldLogin
from lpcontext.liveperson.line import Line, Question
from lpcontext.liveperson.login import LoginDesk
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.signing import Bearer, KeySignature

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Standing:
    """In whose name a question goes out. `login` names the log-in; it is empty for a key, which has none."""

    auth: AuthBase = field(repr=False)
    login: str = field(default="", repr=False)


class Proof(Protocol):
    """How an account proves that it may ask (contract 3.3). `standing`, `act` and `ask` raise LivePersonError."""

    def standing(self) -> Standing:
        """What there is to show now; a log-in is made where none is held."""

    def act(self, step: Callable[[Standing], T]) -> T:
        """Take a step that may be refused for an old bearer: it is taken twice then."""

    def ask(self, line: Line, question: Question) -> dict[str, object]: ...

    def keep_login(self) -> bool: ...

    def log_out(self) -> None: ...


class KeyProof:
    """A key signs every question; there is no log-in to keep or to end (contract 3.1)."""

    def __init__(self, signature: KeySignature) -> None:
        self._standing = Standing(signature)

    def standing(self) -> Standing:
        return self._standing

    def act(self, step: Callable[[Standing], T]) -> T:
        return step(self._standing)

    def ask(self, line: Line, question: Question) -> dict[str, object]:
        return self.act(_asking(line, question))

    def keep_login(self) -> bool:
        return False

    def log_out(self) -> None:
        return None


class LoginProof:
    """A log-in's bearer goes with every question; after a 401 there is one more log-in, and one more try."""

    def __init__(self, desk: LoginDesk) -> None:
        self._desk = desk

    def standing(self) -> Standing:
        return _stand_on(self._desk.find_login())

    def act(self, step: Callable[[Standing], T]) -> T:
        return self._act(step, self._desk.find_login())

    def ask(self, line: Line, question: Question) -> dict[str, object]:
        return self._act(_asking(line, question), self._desk.recall_login())

    def _act(self, step: Callable[[Standing], T], login: HeldLogin) -> T:
        try:
            return step(_stand_on(login))
        except (CredentialsRejected, AgentSessionRefused) as refusal:
            if refusal.status != 401:
                raise
        fresh = self._desk.replace_login(login)
        try:
            return step(_stand_on(fresh))
        except CredentialsRejected as refusal:
            if refusal.reason is Reason.NOT_AUTHORIZED:
                refusal.reason = Reason.BEARER_REFUSED  # nothing was said, but we know this much
            self._desk.note_useless(refusal)
            raise

    def keep_login(self) -> bool:
        return self._desk.keep_login()

    def log_out(self) -> None:
        self._desk.log_out()


def _stand_on(login: HeldLogin) -> Standing:
    return Standing(Bearer(login.bearer), login=login.name)


def _asking(line: Line, question: Question) -> Callable[[Standing], dict[str, object]]:
    return lambda standing: read_object(line.ask(question, auth=standing.auth))
