"""What an id may look like before it is put into a URL, a key or a query."""

from __future__ import annotations

import re
from urllib.parse import unquote

CHAT_ID = re.compile(r"H[0-9]{1,32}-[0-9A-Za-z]{1,64}K[0-9]{1,20}")
LONG_SESSION_ID = re.compile(r"([A-Za-z0-9_-]{22})\.[0-9a-f]{40}")
"""The one long form LivePerson documents (contract 0.3); its first group is the short form."""

_ACCOUNT = re.compile(r"[A-Za-z0-9_]{1,20}")
_ID = re.compile(r"(?=[._~=+@:/%-]{0,199}[A-Za-z0-9])[A-Za-z0-9._~=+@:/%-]{1,200}")


def is_wellformed_account(text: str) -> bool:
    """Does this look like an account id (contract 0.2)?"""
    return _ACCOUNT.fullmatch(text) is not None


def is_wellformed_id(text: str) -> bool:
    """Does this look like a visitor or session id?

    They are opaque (contract 0.2, 0.3), shown as base64url, with or without a dotted suffix, or `rty.uio`. So all we
    ask is at most 200 characters of both base64 alphabets, of e-mail addresses or percent-encoded; wherever one goes it
    is encoded, `/` and `%` included. No part of it may be dots alone: that would lead up a path, encoded or not.
    """
    return _ID.fullmatch(text) is not None and not _has_part_of_dots(text)


def is_wellformed_chat_id(text: str) -> bool:
    """Does this look like a chat id, and may it stand in a path?"""
    return CHAT_ID.fullmatch(text) is not None


def _has_part_of_dots(text: str) -> bool:
    """Also where somebody on the way decodes it once too often."""
    return any(part.strip(".") == "" != part for part in unquote(text).split("/"))
