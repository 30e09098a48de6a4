"""A log-in: what LivePerson gave us, and how long it is good."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from urllib.parse import unquote

from lpcontext.liveperson.http.cookies import SENDABLE, read_session_cookie
from lpcontext.liveperson.http.messages import Response
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.responses.reading import read_object, read_text, unreadable

_USUAL_SECONDS = 28_800.0
_SHORTEST_SECONDS = 60.0
_LONGEST_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class LoginSession:
    """`fingerprint` names the credentials it was made with. Lengths are seconds, `refresh_at` epoch seconds.

    `csrf` and `cookie` are empty where LivePerson gave none: such a log-in works, and cannot be refreshed.
    """

    bearer: str = field(repr=False)
    csrf: str = field(repr=False)
    cookie: str = field(repr=False)
    fingerprint: str = field(repr=False)
    good_for: float
    refresh_at: float

    @property
    def can_be_refreshed(self) -> bool:
        return bool(self.csrf and self.cookie)

    @property
    def name(self) -> str:
        """Tells this log-in from any other, and opens nothing."""
        return hashlib.sha256(self.bearer.encode()).hexdigest()


def read_login(
    response: Response, *, account: str, username: str, fingerprint: str, refresh_at: float
) -> tuple[LoginSession, object]:
    """The log-in in a response (contract 2.1), and the domain map that came with it.

    `account` is percent-encoded. Raises LivePersonError: UnreadableResponse where it names another account or user.
    """
    document = read_object(response)
    if not (_is_of_user(document.get("config"), username) and _is_of_account(document, account)):
        raise unreadable(response, Reason.ANOTHERS)
    bearer = read_text(response, document, "bearer")
    if not SENDABLE.fullmatch(bearer):
        raise unreadable(response, Reason.FIELD_MISSING)
    csrf = document.get("csrf")
    login = LoginSession(
        bearer=bearer,
        csrf=csrf if isinstance(csrf, str) else "",
        cookie=read_session_cookie(response.cookies) or _cookie_from(document.get("sessionId")),
        fingerprint=fingerprint,
        good_for=read_session_seconds(document.get("sessionTTl")),
        refresh_at=refresh_at,
    )
    return login, document.get("csdsCollectionResponse")


def read_session_seconds(milliseconds: object) -> float:
    """`sessionTTl` is a text of milliseconds; eight hours where it is none, between a minute and a day in any case."""
    try:
        seconds = float(milliseconds) / 1000 if isinstance(milliseconds, (str, int, float)) else _USUAL_SECONDS
    except (ValueError, OverflowError):
        seconds = _USUAL_SECONDS
    # Written this way round, a NaN ends as the usual length.
    return max(_SHORTEST_SECONDS, min(seconds, _LONGEST_SECONDS)) if seconds > 0 else _USUAL_SECONDS


def _is_of_user(config: object, username: str) -> bool:
    """Where LivePerson says whose it is. How it spells a name's case is not documented."""
    name = config.get("loginName") if isinstance(config, dict) else None
    return not isinstance(name, str) or name.strip().casefold() in ("", username.strip().casefold())


def _is_of_account(document: dict[str, object], account: str) -> bool:
    """Where its domain map names accounts, ours is one of them."""
    collection = document.get("csdsCollectionResponse")
    entries = collection.get("baseURIs") if isinstance(collection, dict) else None
    ids = [entry.get("account") for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    named = {str(each) for each in ids if isinstance(each, (str, int)) and str(each)}
    return not named or unquote(account) in named


def _cookie_from(session_id: object) -> str:
    """Where no cookie came, the body's `sessionId`, which LivePerson's own Python example reads."""
    return f"Session_id={session_id}" if isinstance(session_id, str) and SENDABLE.fullmatch(session_id) else ""
