"""An agent session as the workers share it: its id, its own cookies, and the log-in it was started on."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, replace
from typing import Self
from urllib.parse import unquote, urlsplit

from lpcontext.liveperson.answers import check_success, read_object, unreadable
from lpcontext.liveperson.chat_links import find_href
from lpcontext.liveperson.cookies import pick_agent_cookies
from lpcontext.liveperson.envelopes import decode_json
from lpcontext.liveperson.line import Answer
from lpcontext.liveperson.reasons import Reason

_SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # digits in every example (contract 7.4)


@dataclass(frozen=True, slots=True)
class HeldAgentSession:
    """`fingerprint` names the credentials, `login` the log-in (empty for a key), `origin` who has started it.

    Without `cookies` where LivePerson set none: signed requests get none (contract 7.2).
    """

    session_id: str = field(repr=False)
    cookies: dict[str, str] = field(repr=False)
    origin: str
    login: str = field(repr=False)
    fingerprint: str = field(repr=False)

    @property
    def cookie(self) -> str:
        """As it is sent."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def with_cookies_of(self, answer: Answer) -> Self:
        """The same session after an answer that may have set a cookie anew; a signed one stays without."""
        return replace(self, cookies=self.cookies | pick_agent_cookies(answer.cookies)) if self.login else self

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()


def read_held_agent_session(kept: bytes) -> HeldAgentSession | None:
    """Back from bytes; None for what another version of us may have kept."""
    document = decode_json(kept)
    try:
        return HeldAgentSession(**document) if isinstance(document, dict) else None
    except TypeError:
        return None


def read_agent_session(answer: Answer, *, account: str, origin: str, login: str, fingerprint: str) -> HeldAgentSession:
    """The agent session in an answer (contract 7.4).

    `account` is percent-encoded. Raises LivePersonError: UnreadableAnswer where it lies in another account.
    """
    started = HeldAgentSession(
        session_id=_read_session_id(answer, account=account),
        cookies={},
        origin=origin,
        login=login,
        fingerprint=fingerprint,
    )
    return started.with_cookies_of(answer)


def _read_session_id(answer: Answer, *, account: str) -> str:
    """The last segment of the `location` link; an older edition has it in the header (contract 7.2)."""
    check_success(answer)
    document = read_object(answer) if answer.body or not answer.location else {}
    href = find_href(document.get("agentSessionLocation"), rel="location") or answer.location
    path = _path_of(href)
    named = _find_account(path)
    if named is not None and unquote(named) != unquote(account):
        raise unreadable(answer, Reason.ANOTHERS)
    session_id = path.rpartition("/")[2]
    if not _SESSION_ID.fullmatch(session_id):
        raise unreadable(answer, Reason.FIELD_MISSING)
    return session_id


def _find_account(path: str) -> str | None:
    """Of `…/account/{id}/agentSession/{session}`; None where the path is another."""
    match path.split("/")[-4:]:
        case ["account", account, "agentSession", _]:
            return account
        case _:
            return None


def _path_of(href: str) -> str:
    try:
        return urlsplit(href).path
    except ValueError:
        return ""
