"""What a test asks a running stack about, and what it gets: visits and chats of the emulator, pages and ticks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

ACCOUNT = "71820394"


@dataclass(frozen=True, slots=True)
class VisitSubject:
    """A visit in the emulator, of a test's own; `key` is its account's integration key."""

    visitor_id: str
    session_id: str
    account: str = ACCOUNT
    key: str = ""


@dataclass(frozen=True, slots=True)
class ChatSubject:
    """A chat in the emulator, and the visit behind it (None where it has none)."""

    chat_id: str
    visitor_id: str | None
    session_id: str | None
    account: str = ACCOUNT
    key: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One answer to a page load or tick."""

    status: int
    state: str
    html: str
    headers: Mapping[str, str]
    token: str

    @property
    def version(self) -> str:
        found = re.search(r'data-version="([^"]*)"', self.html)
        return found[1] if found else ""

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", self.html)))
