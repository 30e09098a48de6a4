"""Cookies are carried by hand: each belongs to one log-in or one agent session, and is sent for that one only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http.cookies import CookieError, SimpleCookie

SENDABLE = re.compile(r"[\x21-\x3a\x3c-\x7e]+")  # neither spaces nor semicolons: it goes into a header
_LOGINS_OWN = "session_id"


def read_session_cookie(cookies: Mapping[str, str]) -> str:
    """`Session_id=…` to send back, under the spelling it came in: the documents have two. Empty when there is none."""
    for name, value in cookies.items():
        if name.lower() == _LOGINS_OWN and SENDABLE.fullmatch(value):
            return f"{name}={value}"
    return ""


def pick_agent_cookies(cookies: Mapping[str, str]) -> dict[str, str]:
    """What an agent session has set (`agentSessionKey`, contract 7.2), without what belongs to the log-in."""
    return {name: value for name, value in cookies.items() if name.lower() != _LOGINS_OWN and SENDABLE.fullmatch(value)}


def read_cookies(lines: Iterable[str]) -> dict[str, str]:
    """The cookies in `Set-Cookie` lines: a jar would judge their domain, and drop the ones of a loopback host."""
    found: dict[str, str] = {}
    for line in lines:
        try:
            found.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        except CookieError:
            continue
    return found
