"""The tick's own door, in front of Django: open the token, read one version, answer 204 or the rendered body.

Every panel comes through here every few seconds, so it does nothing Django would do for a page: no middleware, no
sessions, no database. What it must not forget it says here: the security headers, the token, `Sec-Fetch-Site`.
`GET /panel/body?seen=<version>[&now=1]`, header `X-LPContext-Panel`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, NamedTuple

from lpcontext.launch import (
    HeldRight,
    Launch,
    LaunchEnded,
    LaunchExpired,
    LaunchRefused,
    RightsBook,
    RightUnknown,
    open_token,
)
from lpcontext.panel.bodies import BodyShelf, render_bare, told_version, unpack
from lpcontext.panel.caching import RecentlyUsed
from lpcontext.refresh import StatusCache, SubjectView, TickPace, WatchedSubject
from lpcontext.snapshots import MemoryUnavailable, shared_now_ms
from lpcontext.subjects import State, now_ms

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

PATH = "/panel/body"
_REMEMBER_MOST = 50_000
_MEMORY_DOWN_TICK_MS = 3000
_CLOCKS_AGREE_MS = 1000

# An empty answer has nothing a browser could sniff, run or frame: each header costs as much as finding the version.
_EMPTY: Headers = [("Cache-Control", "no-store")]
_WITH_BODY: Headers = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
_ALWAYS: Headers = _EMPTY + _WITH_BODY
_HTML = ("Content-Type", "text/html; charset=utf-8")


class _Opened(NamedTuple):
    launch: Launch
    watched: WatchedSubject
    held: HeldRight


class _Known(NamedTuple):
    """A view, ready to be told: made once a change, not once a tick. Times are epoch ms by Redis' clock."""

    view: SubjectView
    made_ms: int
    good_until_ms: float
    version: str
    headers: Headers
    tells_date: bool  # Redis' clock and ours differ, and the page reckons ages by what our answers say the time is
    pace: TickPace | None
    unchanged: str  # the query of a masked panel that has seen this version

    def is_good_at(self, at_ms: int) -> bool:
        """Not for a moment before it was made either: then Redis' clock was set back, and what looked fresh is not."""
        return self.made_ms - _CLOCKS_AGREE_MS <= at_ms < self.good_until_ms


class TickDoor:
    """A WSGI application; whatever is no tick falls through to `behind`."""

    def __init__(self, behind: Application, *, statuses: StatusCache, rights: RightsBook) -> None:
        self._behind = behind
        self._statuses, self._rights = statuses, rights
        self._opened: RecentlyUsed[_Opened] = RecentlyUsed(most=_REMEMBER_MOST)
        self._known: RecentlyUsed[_Known] = RecentlyUsed(most=_REMEMBER_MOST)
        self._bodies = BodyShelf()

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return self._behind(environ, start)
        if environ["REQUEST_METHOD"] != "GET":
            return _answer(start, "405 Method Not Allowed", [("Allow", "GET")], "Only GET is understood here.\n")
        if environ.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
            return _refuse(start, "403 Forbidden")
        at_ms = shared_now_ms()
        try:
            opened = self._open(environ.get("HTTP_X_LPCONTEXT_PANEL", ""), at_ms)
            masked = self._find_masking(opened)
        except LaunchEnded:
            return _refuse(start, "410 Gone", right="ended")
        except LaunchExpired:
            return _refuse(start, "410 Gone")
        except LaunchRefused:
            return _refuse(start, "403 Forbidden")
        except RightUnknown:
            return _answer_memory_down(environ, start)
        return self._tick(opened, environ, start, at_ms, masked=masked)

    def _tick(
        self, opened: _Opened, environ: Environ, start: StartResponse, at_ms: int, *, masked: bool
    ) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        in_a_hurry = "now=1" in query
        try:
            known, in_a_hurry = self._find(opened.watched, at_ms, in_a_hurry=in_a_hurry)
            is_usual = masked and query == known.unchanged
            if is_usual or _read_seen(query) == told_version(known.version, masked=masked):
                start("204 No Content", _tell_freshness(known, at_ms, in_a_hurry=in_a_hurry))
                return ()
            view, body = self._bodies.find_or_render(known.view, masked=masked)
        except MemoryUnavailable:
            return _answer_memory_down(environ, start)
        freshness = _tell_freshness(_know(view, at_ms), at_ms, in_a_hurry=in_a_hurry)
        return _answer_body(environ, start, body, _WITH_BODY + freshness)

    def _open(self, token: str, at_ms: int) -> _Opened:
        """Raises LaunchRefused. Opened tokens are remembered; their end is looked at every time."""
        opened = self._opened.find(token, now_ms=at_ms)
        if opened is None:
            launch = open_token(token, now_ms=at_ms)
            opened = _Opened(launch, WatchedSubject.of(launch.subject), self._rights.hold(launch))
            self._opened.keep(token, opened, now_ms=at_ms)
        elif opened.launch.expires_ms <= at_ms:
            self._opened.drop(token)
            raise LaunchExpired
        return opened

    def _find_masking(self, opened: _Opened) -> bool:
        """As the account wants it now. Raises LaunchEnded where the right to look has ended, or RightUnknown."""
        right = self._rights.find(opened.held)
        if not right.covers(opened.launch.opened_ms):
            raise LaunchEnded
        return right.masked

    def _find(self, watched: WatchedSubject, at_ms: int, *, in_a_hurry: bool) -> tuple[_Known, bool]:
        """As made before, while nothing newer is known and no word has gone stale. Raises MemoryUnavailable.

        True for a look that should come back soon: the first, one after a long rest, and one in a hurry.
        """
        known = self._known.find(watched.name, now_ms=at_ms)
        if known and not in_a_hurry and known.is_good_at(at_ms) and self._statuses.is_current(watched, known.view):
            return known, False
        view, is_read = self._statuses.view(watched, in_a_hurry=in_a_hurry)
        known = _know(view, at_ms)
        self._known.keep(watched.name, known, now_ms=at_ms)
        return known, is_read


def _know(view: SubjectView, at_ms: int) -> _Known:
    headers = [*_EMPTY, ("X-LPContext-State", view.state_at(now_ms=at_ms).value)]
    as_of_ms = view.leading().as_of_ms
    if as_of_ms is not None:
        headers.append(("X-LPContext-As-Of", as_of_text(as_of_ms)))
    return _Known(
        view=view,
        made_ms=at_ms,
        good_until_ms=view.good_until_ms(now_ms=at_ms),
        version=view.version,
        headers=headers,
        tells_date=abs(at_ms - now_ms()) > _CLOCKS_AGREE_MS,
        pace=view.pace(),
        unchanged=f"seen={view.version}",
    )


def _read_seen(query: str) -> str:
    """Versions are plain letters: nothing needs decoding."""
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name == "seen":
            return value
    return ""


def as_of_text(as_of_ms: int) -> str:
    return datetime.fromtimestamp(as_of_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _tell_freshness(known: _Known, at_ms: int, *, in_a_hurry: bool) -> Headers:
    headers = known.headers
    if known.tells_date:
        headers = [*headers, ("Date", format_datetime(datetime.fromtimestamp(at_ms / 1000, UTC), usegmt=True))]
    if known.pace is not None and not in_a_hurry:
        return [*headers, ("X-LPContext-Next", str(known.pace.pause_ms(at_ms)))]
    next_ms = known.view.next_tick_ms(now_ms=at_ms, in_a_hurry=in_a_hurry)
    return headers if next_ms is None else [*headers, ("X-LPContext-Next", str(next_ms))]


def _answer_body(environ: Environ, start: StartResponse, body: bytes, headers: Headers) -> Iterable[bytes]:
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        headers.append(("Content-Encoding", "gzip"))
    else:
        body = unpack(body).encode()
    headers += (_HTML, ("Vary", "Accept-Encoding"), ("Content-Length", str(len(body))))
    start("200 OK", headers)
    return (body,)


def _answer_memory_down(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    """A panel that shows something keeps it, and says so in its strip; an empty one gets the sentence."""
    headers = [
        *_ALWAYS,
        ("X-LPContext-State", State.MEMORY_DOWN.value),
        ("X-LPContext-Next", str(_MEMORY_DOWN_TICK_MS)),
    ]
    if _read_seen(environ.get("QUERY_STRING", "")):
        start("204 No Content", headers)
        return ()
    return _answer_body(environ, start, render_bare(State.MEMORY_DOWN), headers)


def _refuse(start: StartResponse, status: str, *, right: str = "") -> Iterable[bytes]:
    """Where the `right` itself has ended, the page must not go on showing what it has."""
    headers = [("X-LPContext-State", State.REFUSED.value), *([("X-LPContext-Right", right)] if right else [])]
    return _answer(start, status, headers, "This panel's time is over. Open it again.\n")


def _answer(start: StartResponse, status: str, headers: Headers, sentence: str) -> Iterable[bytes]:
    body = sentence.encode()
    plain = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start(status, _ALWAYS + headers + plain)
    return (body,)
