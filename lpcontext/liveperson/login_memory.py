"""What the workers share about one account's log-in: the log-in itself, a refusal to respect, and the lock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from lpcontext.liveperson.errors import CredentialsRejected, LoginBlocked, Refused
from lpcontext.liveperson.held_login import HeldLogin, read_held_login
from lpcontext.liveperson.noted_refusals import read_refusal, write_refusal
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.shelf import Shelf

_LOGIN = "login"
_LOCK = "login-lock"
_REFUSAL = "login-refusal"
# How long this process shows a bearer without a look at the shelf; one that is refused is looked for at once.
_REMEMBERED_SECONDS = 2.0


class LoginMemory:
    """`fingerprint` is that of the credentials in use: nothing that belongs to others is ever found here.

    `lock_seconds` is how long a log-in may take before another worker gives up on it. `clock` tells epoch seconds.
    """

    def __init__(self, shelf: Shelf, *, fingerprint: str, lock_seconds: float, clock: Callable[[], float]) -> None:
        self.fingerprint = fingerprint
        self._shelf = shelf
        self._lock_seconds = lock_seconds
        self._clock = clock
        self._remembered: tuple[HeldLogin, float] | None = None

    def recall(self) -> HeldLogin | None:
        """What `find` told a moment ago, or tells now: for whoever can bear to be refused."""
        remembered = self._remembered
        # A clock that was set back makes a memory old, not young.
        if remembered is not None and 0 <= self._clock() - remembered[1] < _REMEMBERED_SECONDS:
            return remembered[0]
        return self.find()

    def find(self) -> HeldLogin | None:
        kept = self._shelf.get(_LOGIN)
        held = read_held_login(kept) if kept else None
        ours = held if held is not None and held.fingerprint == self.fingerprint else None
        self._remembered = (ours, self._clock()) if ours is not None else None
        return ours

    def keep(self, login: HeldLogin) -> None:
        self._shelf.put(_LOGIN, login.to_bytes(), seconds=login.good_for)

    def forget(self) -> None:
        self._remembered = None
        self._shelf.drop(_LOGIN)

    def locked(self) -> AbstractContextManager[bool]:
        """Hold the lock while inside; False when somebody else has it."""
        return self._shelf.lock(_LOCK, seconds=self._lock_seconds)

    def note_refusal(self, refusal: Refused, *, seconds: float) -> None:
        """Remember, for `seconds`, that these credentials are refused."""
        self._shelf.put(_REFUSAL, write_refusal(refusal, fingerprint=self.fingerprint), seconds=seconds)

    def find_refusal(self, *, service: str) -> Refused | None:
        """The refusal still to be respected, as it was raised; new credentials have none."""
        noted = read_refusal(self._shelf.get(_REFUSAL), fingerprint=self.fingerprint)
        if noted is None:
            return None
        status, code, reason = noted
        kind = LoginBlocked if reason is Reason.LOGIN_BLOCKED else CredentialsRejected
        return kind(operation="login", service=service, status=status, code=code, reason=reason)
