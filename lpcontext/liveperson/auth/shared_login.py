"""Log-ins: one at a time across all workers, kept alive while somebody needs it, made again once when refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeGuard

from lpcontext.liveperson.auth.credentials import ClientCredentials, UserLogin
from lpcontext.liveperson.auth.login_api import LoginApi
from lpcontext.liveperson.auth.login_session import LoginSession, read_login
from lpcontext.liveperson.auth.shared_session import SessionKind, SharedSession
from lpcontext.liveperson.domains import Domains
from lpcontext.liveperson.errors import CredentialsRejected, LivePersonError, LoginBlocked, LoginUnderWay, Refused
from lpcontext.liveperson.reasons import Reason

# Contract 2.2 and 8: every five minutes; one that could not be sent is tried again after one.
_REFRESH_SECONDS = 300.0
_REFRESH_AGAIN_SECONDS = 60.0
# A password tried too often gets a user locked out: credentials that were refused rest, until they change.
_REST_AFTER_REFUSAL_SECONDS = 300.0
_REST_AFTER_USELESS_SECONDS = 60.0


class SharedLogin:
    """The log-in of one account. `clock` tells epoch seconds."""

    def __init__(
        self,
        credentials: UserLogin | ClientCredentials,
        *,
        api: LoginApi,
        shared: SharedSession[LoginSession],
        domains: Domains,
        clock: Callable[[], float],
    ) -> None:
        self._credentials = credentials
        self._api = api
        self._shared = shared
        self._domains = domains
        self._clock = clock

    def find_login(self) -> LoginSession:
        """The log-in we hold, or a new one. Raises LivePersonError, LoginUnderWay while somebody else is at it."""
        return self._shared.find() or self._log_in(instead_of=None)

    def recall_login(self) -> LoginSession:
        """The same without a look at the store each time, so that it may have been replaced a moment ago."""
        return self._shared.recall() or self._log_in(instead_of=None)

    def replace_login(self, refused: LoginSession) -> LoginSession:
        """Another log-in than the refused one: somebody's newer one, or one made now. Raises as above."""
        session = self._shared.find()
        return session if _is_other(session, refused) else self._log_in(instead_of=refused)

    def keep_useless(self, refusal: CredentialsRejected) -> None:
        """The log-in made in its place was refused too: more log-ins are no remedy, so there is none for a minute."""
        self._shared.keep_refusal(refusal, seconds=_REST_AFTER_USELESS_SECONDS)

    def keep_login(self) -> bool:
        """Refresh the log-in if one is held and five minutes old (contract 2.2); whether that was done.

        Raises nothing of LivePerson's: a log-in that is over is dropped, any other trouble is left to the next call but
        for a minute.
        """
        if self._find_due() is None:
            return False
        with self._shared.locked() as got:
            # Looked at again: another worker may have refreshed or replaced it between our look and our lock.
            due = self._find_due() if got else None
            return due is not None and self._refresh(due)

    def log_out(self) -> None:
        """Forget the log-in, then tell LivePerson (contract 2.3). Raises LivePersonError when that failed.

        A log-in that other credentials have made meanwhile is not ours to end.
        """
        session = self._shared.find()
        if session is None:
            return
        self._shared.forget()
        if session.can_be_refreshed:
            self._api.log_out(session)

    def _log_in(self, *, instead_of: LoginSession | None) -> LoginSession:
        refusal = self._shared.find_refusal(service=self._api.service)
        if refusal is not None:
            raise refusal
        with self._shared.locked() as got:
            if not got:
                raise LoginUnderWay(operation="login", service=self._api.service)
            session = self._shared.find()  # somebody may have finished between our look and our lock
            if _is_other(session, instead_of):
                return session
            self._shared.forget()
            return self._make_login()

    def _make_login(self) -> LoginSession:
        response = self._api.log_in(self._credentials)
        due = self._clock() + _REFRESH_SECONDS
        try:
            login, domain_map = read_login(
                response,
                account=self._api.account,
                username=self._credentials.username,
                fingerprint=self._shared.fingerprint,
                refresh_at=due,
            )
        except (CredentialsRejected, LoginBlocked) as refusal:
            self._shared.keep_refusal(refusal, seconds=_REST_AFTER_REFUSAL_SECONDS)
            raise
        self._shared.keep(login)
        self._domains.learn(domain_map)
        return login

    def _find_due(self) -> LoginSession | None:
        session = self._shared.find()
        due = session is not None and session.can_be_refreshed and self._clock() >= session.refresh_at
        return session if due else None

    def _refresh(self, session: LoginSession) -> bool:
        """A log-out takes no lock: what it has ended meanwhile does not come back."""
        try:
            cookie = self._api.refresh(session)
        except CredentialsRejected:
            self._shared.forget()
            return False
        except LivePersonError:
            later = replace(session, refresh_at=self._clock() + _REFRESH_AGAIN_SECONDS)
            self._shared.keep_changed(later, before=session)
            return False
        refreshed = replace(session, cookie=cookie, refresh_at=self._clock() + _REFRESH_SECONDS)
        self._shared.keep_changed(refreshed, before=session)
        return True


def _find_error(reason: Reason) -> type[Refused]:
    return LoginBlocked if reason is Reason.LOGIN_BLOCKED else CredentialsRejected


LOGIN = SessionKind("login", operation="login", session=LoginSession, find_error=_find_error)


def _is_other(session: LoginSession | None, refused: LoginSession | None) -> TypeGuard[LoginSession]:
    return session is not None and (refused is None or session.bearer != refused.bearer)
