"""The accounts the emulator pretends to serve, with credentials that follow from their ids."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

DEFAULT_ACCOUNT_ID = "71820394"

CredentialKind = Literal["oauth1", "login", "oauth2"]


@dataclass(frozen=True, slots=True)
class EmulatedAccount:
    """One account. Its keys are derived, never stored: the same id has the same keys on every machine.

    They open nothing but the emulator.
    """

    account_id: str = DEFAULT_ACCOUNT_ID

    @property
    def app_key(self) -> str:
        return self._derive("app key")

    @property
    def secret(self) -> str:
        return self._derive("secret")

    @property
    def access_token(self) -> str:
        return self._derive("access token")

    @property
    def access_token_secret(self) -> str:
        return self._derive("access token secret")

    @property
    def username(self) -> str:
        return "panel-bot"

    @property
    def password(self) -> str:
        return self._derive("password")[:16]

    @property
    def client_id(self) -> str:
        return self._derive("client id")

    @property
    def client_secret(self) -> str:
        return self._derive("client secret")

    def credentials(self, kind: CredentialKind = "oauth1") -> dict[str, str]:
        """The document `lpcontext add-account --credentials` reads."""
        if kind == "login":
            return {"kind": kind, "username": self.username, "password": self.password}
        if kind == "oauth2":
            return {
                "kind": kind,
                "username": self.username,
                "client_id": self.client_id,
                "client_secret": self.client_secret,
            }
        return {
            "kind": "oauth1",
            "app_key": self.app_key,
            "secret": self.secret,
            "access_token": self.access_token,
            "access_token_secret": self.access_token_secret,
        }

    def _derive(self, what: str) -> str:
        return hashlib.sha256(f"emulated:{self.account_id}:{what}".encode()).hexdigest()[:32]
