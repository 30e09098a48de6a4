"""Ids in LivePerson's shapes (contract 0.2, 0.3)."""

from __future__ import annotations

import base64
import hashlib
import re
from random import Random
from typing import Final
from uuid import UUID

# Opaque: base64 of either alphabet, and what is percent-encoded.
VISITOR: Final = re.compile(r"[A-Za-z0-9_.~=+@:/%-]{1,64}")
SESSION: Final = re.compile(r"[A-Za-z0-9_~=+@:/%-]{1,64}(\.[A-Za-z0-9]{1,64})?")


def is_visitor_id(text: str) -> bool:
    """Whether this could be a vid at all."""
    return VISITOR.fullmatch(text) is not None


def is_session_id(text: str) -> bool:
    """Whether this could be a sid at all, in its short or its long form."""
    return SESSION.fullmatch(text) is not None


def shorten_session_id(text: str) -> str:
    """The part before the first dot, by which sessions are compared."""
    return text.partition(".")[0]


def lengthen_session_id(text: str) -> str:
    """The long form: the short one, a dot and 40 hexadecimal digits."""
    digits = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    return text if "." in text else f"{text}.{digits}"


def make_visitor_id(rng: Random) -> str:
    """22 characters, like `QzZDNhYTViMjA1OTJjN2Y5`."""
    return _encode(f"{rng.getrandbits(64):016x}".encode())


def make_session_id(rng: Random) -> str:
    """22 characters, like `qCsUrTldTh0UEWLjLCGqkQ`."""
    return _encode(rng.randbytes(16))


def make_page_id(rng: Random) -> str:
    """Ten digits."""
    return str(rng.randrange(10**9, 10**10))


def make_chat_id(rng: Random) -> str:
    """A chatId, like `H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415`."""
    return f"H{rng.randrange(10**18, 10**19)}-{rng.getrandbits(128):032x}K{rng.randrange(10**6, 10**7)}"


def shorten_chat_id(chat_id: str) -> str:
    """The chat engine's visit id: the chatId without its middle part (contract 0.2)."""
    return re.sub(r"-[^K]*", "", chat_id)


def make_participant_id(rng: Random) -> str:
    """A GUID."""
    return str(UUID(int=rng.getrandbits(128), version=4))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
