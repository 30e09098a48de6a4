"""The three ways an account may prove itself to LivePerson, and how they are read from a document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from typing import TypeAlias


class _Masked:
    """Credentials show what kind they are, and nothing else, wherever they are printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(****)"


@dataclass(frozen=True, slots=True, repr=False)
class OAuth1Key(_Masked):
    """An API key (contract 3): signs each request, needs no log-in. Past its end of life since May 2026."""

    app_key: str
    secret: str
    access_token: str
    access_token_secret: str


@dataclass(frozen=True, slots=True, repr=False)
class UserLogin(_Masked):
    """A LivePerson user (contract 2.1)."""

    username: str
    password: str


@dataclass(frozen=True, slots=True, repr=False)
class ClientCredentials(_Masked):
    """An OAuth 2.0 application and the bot user it logs in as (contract 2.1)."""

    username: str
    client_id: str
    client_secret: str


Credentials: TypeAlias = OAuth1Key | UserLogin | ClientCredentials

_KINDS: dict[str, type[OAuth1Key] | type[UserLogin] | type[ClientCredentials]] = {
    "oauth1": OAuth1Key,
    "login": UserLogin,
    "oauth2": ClientCredentials,
}


class CredentialsUnreadable(Exception):
    """The document is not one of the three kinds. Says which key is wrong, never what it held."""

    def __init__(self, key: str, trouble: str) -> None:
        super().__init__(key, trouble)
        self.key = key

    def __str__(self) -> str:
        return f"credentials: {self.args[0]} {self.args[1]}"


def read_credentials(document: object) -> Credentials:
    """Read `{"kind": "oauth1" | "login" | "oauth2", …}`; keys of no meaning here (`origins`) are left alone.

    Raises CredentialsUnreadable.
    """
    if not isinstance(document, Mapping):
        raise CredentialsUnreadable("the document", "must be a JSON object")
    kind = document.get("kind")
    wanted = _KINDS.get(kind) if isinstance(kind, str) else None
    if wanted is None:
        raise CredentialsUnreadable("kind", f"must be one of {', '.join(_KINDS)}")
    return wanted(**{field.name: _read_text(document, field.name) for field in fields(wanted)})


def fingerprint_of(credentials: Credentials) -> str:
    """Tells one set of credentials from another, so that a log-in of old ones is not used for new ones.

    It is as secret as they are: it is kept under seal only.
    """
    document = json.dumps([type(credentials).__name__, *astuple(credentials)])
    return hashlib.sha256(document.encode()).hexdigest()


def _read_text(document: Mapping[object, object], key: str) -> str:
    if key not in document:
        raise CredentialsUnreadable(key, "is missing")
    text = document[key]
    if not isinstance(text, str) or not text:
        raise CredentialsUnreadable(key, "must be a text that is not empty")
    if not text.isprintable():
        raise CredentialsUnreadable(key, "holds a line break or another invisible character")
    if key != "password" and text != text.strip():
        raise CredentialsUnreadable(key, "has spaces around it")
    return text
