"""An agent session: its id, its own cookies, and the log-in it was started on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import unquote, urlsplit

from lpcontext.liveperson.http.cookies import pick_agent_cookies
from lpcontext.liveperson.http.messages import Response
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.responses.reading import check_success, read_object, unreadable

_LONGEST_SECONDS = 86_400.0
_SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # digits in every example (contract 7.4)


@dataclass(frozen=True, slots=True)
class AgentSession:
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

    def with_cookies_of(self, response: Response) -> Self:
        """The same session after a response that may have set a cookie anew; a signed one stays without."""
        return replace(self, cookies=self.cookies | pick_agent_cookies(response.cookies)) if self.login else self

    @property
    def good_for(self) -> float:
        """Not documented: as long as its log-in, which we ask for, and a day at most."""
        return _LONGEST_SECONDS


def read_agent_session(response: Response, *, account: str, origin: str, login: str, fingerprint: str) -> AgentSession:
    """The agent session in a response (contract 7.4).

    `account` is percent-encoded. Raises LivePersonError: UnreadableResponse where it lies in another account.
    """
    started = AgentSession(
        session_id=_read_session_id(response, account=account),
        cookies={},
        origin=origin,
        login=login,
        fingerprint=fingerprint,
    )
    return started.with_cookies_of(response)


def _read_session_id(response: Response, *, account: str) -> str:
    """The last segment of the `location` link; an older edition has it in the header (contract 7.2)."""
    check_success(response)
    document = read_object(response) if response.body or not response.location else {}
    href = _find_href(document.get("agentSessionLocation"), rel="location") or response.location
    path = _path_of(href)
    named = _find_account(path)
    if named is not None and unquote(named) != unquote(account):
        raise unreadable(response, Reason.ANOTHERS)
    session_id = path.rpartition("/")[2]
    if not _SESSION_ID.fullmatch(session_id):
        raise unreadable(response, Reason.FIELD_MISSING)
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


def _find_href(holder: object, *, rel: str) -> str:
    """The href of `holder`'s link for `rel` (contract 7.2): one object or an array, with `@` or without; "" for none.

    No href of LivePerson's is asked: it may name another of its hosts, or, in a response gone wrong, a foreign one.
    """
    links = holder.get("link") if isinstance(holder, dict) else None
    for link in links if isinstance(links, list) else [links]:
        if isinstance(link, dict) and rel in (link.get("@rel"), link.get("rel")):
            href = link.get("@href", link.get("href"))
            return href if isinstance(href, str) else ""
    return ""
