"""Log-ins: one at a time across all workers, kept alive while somebody needs it, made again once when refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeGuard

from lpcontext.liveperson.credentials import ClientCredentials, UserLogin
from lpcontext.liveperson.domains import DomainBook
from lpcontext.liveperson.errors import CredentialsRejected, LivePersonError, LoginBlocked, LoginUnderWay
from lpcontext.liveperson.held_login import HeldLogin, read_login
from lpcontext.liveperson.login_calls import LoginCalls
from lpcontext.liveperson.login_memory import LoginMemory

# Contract 2.2 and 8: every five minutes; one that could not be sent is tried again after one.
_REFRESH_SECONDS = 300.0
_REFRESH_AGAIN_SECONDS = 60.0
# A password tried too often gets a user locked out: credentials that were refused rest, until they change.
_REST_AFTER_REFUSAL_SECONDS = 300.0
_REST_AFTER_USELESS_SECONDS = 60.0


class LoginDesk:
    """The log-in of one account. `clock` tells epoch seconds."""

    def __init__(
        self,
        credentials: UserLogin | ClientCredentials,
        *,
        calls: LoginCalls,
        memory: LoginMemory,
        domains: DomainBook,
        clock: Callable[[], float],
    ) -> None:
        self._credentials = credentials
        self._calls = calls
        self._memory = memory
        self._domains = domains
        self._clock = clock

    def find_login(self) -> HeldLogin:
        """The log-in we hold, or a new one. Raises LivePersonError, LoginUnderWay while somebody else is at it."""
        return self._memory.find() or self._log_in(instead_of=None)

    def recall_login(self) -> HeldLogin:
        """The same without a look at the shelf each time, so that it may have been replaced a moment ago."""
        return self._memory.recall() or self._log_in(instead_of=None)

    def replace_login(self, refused: HeldLogin) -> HeldLogin:
        """Another log-in than the refused one: somebody's newer one, or one made now. Raises as above."""
        held = self._memory.find()
        return held if _is_other(held, refused) else self._log_in(instead_of=refused)

    def note_useless(self, refusal: CredentialsRejected) -> None:
        """The log-in made in its place was refused too: more log-ins are no remedy, so there is none for a minute."""
        self._memory.note_refusal(refusal, seconds=_REST_AFTER_USELESS_SECONDS)

    def keep_login(self) -> bool:
        """Refresh the log-in if one is held and five minutes old (contract 2.2); whether that was done.

        Raises nothing of LivePerson's: a log-in that is over is dropped, any other trouble is left to the next call but
        for a minute.
        """
        if self._find_due() is None:
            return False
        with self._memory.locked() as got:
            # Looked at again: another worker may have refreshed or replaced it between our look and our lock.
            due = self._find_due() if got else None
            return due is not None and self._refresh(due)

    def log_out(self) -> None:
        """Forget the log-in, then tell LivePerson (contract 2.3). Raises LivePersonError when it could not be told.

        A log-in that other credentials have made meanwhile is not ours to end.
        """
        held = self._memory.find()
        if held is None:
            return
        self._memory.forget()
        if held.can_be_refreshed:
            self._calls.log_out(held)

    def _log_in(self, *, instead_of: HeldLogin | None) -> HeldLogin:
        refusal = self._memory.find_refusal(service=self._calls.service)
        if refusal is not None:
            raise refusal
        with self._memory.locked() as got:
            if not got:
                raise LoginUnderWay(operation="login", service=self._calls.service)
            held = self._memory.find()  # somebody may have finished between our look and our lock
            if _is_other(held, instead_of):
                return held
            self._memory.forget()
            return self._make_login()

    def _make_login(self) -> HeldLogin:
        answer = self._calls.log_in(self._credentials)
        due = self._clock() + _REFRESH_SECONDS
        try:
            login, domain_map = read_login(
                answer,
                account=self._calls.account,
                username=self._credentials.username,
                fingerprint=self._memory.fingerprint,
                refresh_at=due,
            )
        except (CredentialsRejected, LoginBlocked) as refusal:
            self._memory.note_refusal(refusal, seconds=_REST_AFTER_REFUSAL_SECONDS)
            raise
        self._memory.keep(login)
        self._domains.learn(domain_map)
        return login

    def _find_due(self) -> HeldLogin | None:
        held = self._memory.find()
        due = held is not None and held.can_be_refreshed and self._clock() >= held.refresh_at
        return held if due else None

    def _refresh(self, held: HeldLogin) -> bool:
        try:
            cookie = self._calls.refresh(held)
        except CredentialsRejected:
            self._memory.forget()
            return False
        except LivePersonError:
            self._keep_if_still_held(replace(held, refresh_at=self._clock() + _REFRESH_AGAIN_SECONDS))
            return False
        self._keep_if_still_held(replace(held, cookie=cookie, refresh_at=self._clock() + _REFRESH_SECONDS))
        return True

    def _keep_if_still_held(self, login: HeldLogin) -> None:
        """A log-out takes no lock; what it has ended must not come back."""
        if self._memory.find() is not None:
            self._memory.keep(login)


def _is_other(held: HeldLogin | None, refused: HeldLogin | None) -> TypeGuard[HeldLogin]:
    return held is not None and (refused is None or held.bearer != refused.bearer)
