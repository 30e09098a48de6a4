"""Sealing: authenticated encryption with a list of keys, newest first; the newest seals, all open.

Everything that holds personal data or a secret outside a process goes through here: account credentials, snapshots,
panel tokens, tickets, task arguments. A sealed text is `key mark (4) | nonce (12) | AES-256-GCM cipher text and tag`.
The purpose is authenticated with it, so that a ticket never opens as a panel token, nor one account's as another's.

By hand over `cryptography`: its Fernet authenticates no purpose, and Django's signing hides nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Sequence
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_MARK = 4
_NONCE = 12


class SealBroken(Exception):
    """The sealed bytes were made with another key, for another purpose, or were changed."""


class Sealer:
    """Seals and opens bytes. Thread safe; keys are 32 bytes each. Names come from `naming_key` and outlive them."""

    def __init__(self, keys: Sequence[bytes], *, naming_key: bytes = b"") -> None:
        if not keys:
            raise ValueError("a sealer needs at least one key")
        self._ciphers = {_mark(key): AESGCM(key) for key in keys}
        self._newest = _mark(keys[0])
        # Not out of the first key: a new one in front must not rename what running machines share.
        self._naming_key = hashlib.blake2b(naming_key or keys[-1], digest_size=32, person=b"lpc-naming").digest()

    def __repr__(self) -> str:
        return f"<Sealer with {len(self._ciphers)} keys>"

    @property
    def mark(self) -> bytes:
        """Says which key seals now, without telling it."""
        return self._newest

    def knows(self, mark: bytes) -> bool:
        """Could we open what that key sealed?"""
        return mark in self._ciphers

    def seal(self, data: bytes, *, purpose: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return self._newest + nonce + self._ciphers[self._newest].encrypt(nonce, data, purpose.encode())

    def open(self, sealed: bytes, *, purpose: str) -> bytes:
        """Raises SealBroken."""
        cipher = self._ciphers.get(bytes(sealed[:_MARK]))
        if cipher is None:
            raise SealBroken("sealed with a key that is not in the list")
        try:
            return cipher.decrypt(
                bytes(sealed[_MARK : _MARK + _NONCE]), bytes(sealed[_MARK + _NONCE :]), purpose.encode()
            )
        except (InvalidTag, ValueError):
            raise SealBroken("changed, or sealed for another purpose") from None

    def seal_text(self, data: bytes, *, purpose: str) -> str:
        """Like `seal`, as text that is safe in addresses and headers."""
        return base64.urlsafe_b64encode(self.seal(data, purpose=purpose)).rstrip(b"=").decode()

    def open_text(self, text: str, *, purpose: str) -> bytes:
        """Raises SealBroken."""
        try:
            sealed = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise SealBroken("not a sealed text") from None
        return self.open(sealed, purpose=purpose)

    def name_of(self, *parts: str) -> str:
        """A name that tells nothing about its parts: keyed BLAKE2b, 32 hex digits. For keys in shared memory."""
        delimited = "".join(f"{len(part)}:{part}" for part in parts)
        return hashlib.blake2b(delimited.encode(), digest_size=16, key=self._naming_key).hexdigest()


@cache
def get_sealer() -> Sealer:
    """The one sealer of this process, from LPCONTEXT_SEAL_KEYS."""
    from django.conf import settings

    return Sealer(settings.SEAL_KEYS, naming_key=settings.SECRET_KEY.encode())


def _mark(key: bytes) -> bytes:
    """Says which key sealed, without telling the key."""
    return hashlib.blake2b(key, digest_size=_MARK, person=b"lpc-mark").digest()
