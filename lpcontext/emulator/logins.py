"""The logins of one account: who may come in with which bearer, and until when (contract section 2)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

LOGINS_KEPT: Final = 1_000


@dataclass(slots=True, kw_only=True)
class Login:
    """One login: the bearer for other calls, the cookie and csrf for refresh and logout."""

    bearer: str
    csrf: str
    session_cookie: str
    expires_ms: int


class Logins:
    """What the Login Service remembers. A login lasts `seconds` after its last refresh."""

    def __init__(self, *, seconds: float) -> None:
        self._logins: dict[str, Login] = {}
        self._lasting_ms = int(seconds * 1000)

    def begin(self, *, now_ms: int) -> Login:
        """Begin a login with a fresh bearer."""
        login = Login(
            bearer=secrets.token_hex(32),
            csrf=secrets.token_hex(32),
            session_cookie=secrets.token_hex(32),
            expires_ms=now_ms + self._lasting_ms,
        )
        self._logins[login.bearer] = login
        while len(self._logins) > LOGINS_KEPT:
            self._logins.pop(next(iter(self._logins)))
        return login

    def knows(self, bearer: str, *, now_ms: int) -> bool:
        login = self._logins.get(bearer)
        return login is not None and now_ms < login.expires_ms

    def find(self, session_cookie: str | None, *, csrf: object, now_ms: int) -> Login | None:
        """The login this cookie and csrf belong to, both together or not at all."""
        known = (each for each in self._logins.values() if each.session_cookie == session_cookie)
        return next((each for each in known if each.csrf == csrf and now_ms < each.expires_ms), None)

    def extend(self, login: Login, *, now_ms: int) -> None:
        login.expires_ms = now_ms + self._lasting_ms

    def end(self, login: Login) -> None:
        self._logins.pop(login.bearer, None)

    def forget_all(self) -> None:
        """Every bearer is worth nothing from now on."""
        self._logins.clear()
