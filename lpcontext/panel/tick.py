"""The tick's own door, in front of Django: open the token, read one version, answer 204 or the rendered body.

Every panel comes through here every few seconds, so it does nothing Django would do for a page: no middleware, no
sessions, no database. What it must not forget it says here: the security headers, the token, `Sec-Fetch-Site`.
`GET /panel/body?seen=<version>[&now=1]`, header `X-LPContext-Panel`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from lpcontext.launch import Launch, LaunchExpired, LaunchRefused, open_token
from lpcontext.panel.bodies import BodyShelf, render_bare, unpack
from lpcontext.refresh import Look, look_at_subject, name_of_subject
from lpcontext.snapshots import MemoryUnavailable

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

PATH = "/panel/body"
_REMEMBER_MS = 1000
_QUICKEST_MS = 100
_REMEMBER_MOST = 20_000
_MEMORY_DOWN = "memory-down"
_MEMORY_DOWN_TICK_MS = 3000

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
    name: str


class _Known(NamedTuple):
    """What was read of a subject, ready to be told: made once a reading, not once a tick. Times are epoch ms."""

    until_ms: float
    look: Look
    version: str
    headers: Headers
    next_at_ms: int | None
    unchanged: str  # the query of a panel that has seen this version


class TickDoor:
    """A WSGI application; whatever is no tick falls through to `behind`."""

    def __init__(self, behind: Application) -> None:
        self._behind = behind
        self._opened: dict[str, _Opened] = {}
        self._known: dict[str, _Known] = {}
        self._bodies = BodyShelf()

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return self._behind(environ, start)
        if environ["REQUEST_METHOD"] != "GET":
            return _answer(start, "405 Method Not Allowed", [("Allow", "GET")], "Only GET is understood here.\n")
        if environ.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
            return _refuse(start, "403 Forbidden")
        now_ms = time.time_ns() // 1_000_000
        try:
            opened = self._open(environ.get("HTTP_X_LPCONTEXT_PANEL", ""), now_ms)
        except LaunchExpired:
            return _refuse(start, "410 Gone")
        except LaunchRefused:
            return _refuse(start, "403 Forbidden")
        return self._tick(opened, environ, start, now_ms)

    def _tick(self, opened: _Opened, environ: Environ, start: StartResponse, now_ms: int) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        try:
            known = self._look(opened, now_ms, hurry="now=1" in query)
            if query == known.unchanged or _read_seen(query) == known.version:
                start("204 No Content", _tell_freshness(known, now_ms))
                return ()
            look, body = self._bodies.find_or_render(known.look, masked=opened.launch.masked)
        except MemoryUnavailable:
            return _answer_memory_down(environ, start, _read_seen(query))
        return _answer_body(environ, start, body, _WITH_BODY + _tell_freshness(_know(look, now_ms), now_ms))

    def _open(self, token: str, now_ms: int) -> _Opened:
        """Raises LaunchRefused. Opened tokens are remembered; their end is looked at every time."""
        opened = self._opened.get(token)
        if opened is None:
            launch = open_token(token, now_ms=now_ms)
            opened = _Opened(launch, name_of_subject(launch.subject))
            _remember(self._opened, token, opened)
        elif opened.launch.expires_ms <= now_ms:
            del self._opened[token]
            raise LaunchExpired
        return opened

    def _look(self, opened: _Opened, now_ms: int, *, hurry: bool) -> _Known:
        known = self._known.get(opened.name)
        if known and now_ms < known.until_ms and not hurry:
            return known
        known = _know(look_at_subject(opened.launch.subject, now_ms=now_ms, hurry=hurry), now_ms)
        _remember(self._known, opened.name, known)
        return known


def _know(look: Look, now_ms: int) -> _Known:
    """Good for a second, but not past the moment when an answer is due or a fresh word goes stale."""
    headers = [*_EMPTY, ("X-LPContext-State", look.state_at(now_ms=now_ms))]
    as_of_ms = look.leading().as_of_ms
    if as_of_ms is not None:
        headers.append(("X-LPContext-As-Of", as_of_text(as_of_ms)))
    next_ms = look.next_tick_ms(now_ms=now_ms)
    return _Known(
        until_ms=min(now_ms + _REMEMBER_MS, look.changes_at_ms(now_ms=now_ms)),
        look=look,
        version=look.version,
        headers=headers,
        next_at_ms=None if next_ms is None else now_ms + next_ms,
        unchanged=f"seen={look.version}",
    )


def _read_seen(query: str) -> str:
    """Versions are plain letters: nothing needs decoding."""
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name == "seen":
            return value
    return ""


def _remember(memory: dict[Any, Any], name: object, value: object) -> None:
    if len(memory) >= _REMEMBER_MOST:
        memory.clear()
    memory[name] = value


def as_of_text(as_of_ms: int) -> str:
    return datetime.fromtimestamp(as_of_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _tell_freshness(known: _Known, now_ms: int) -> Headers:
    if known.next_at_ms is None:
        return known.headers
    return [*known.headers, ("X-LPContext-Next", str(max(_QUICKEST_MS, known.next_at_ms - now_ms)))]


def _answer_body(environ: Environ, start: StartResponse, body: bytes, headers: Headers) -> Iterable[bytes]:
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        headers.append(("Content-Encoding", "gzip"))
    else:
        body = unpack(body).encode()
    headers += (_HTML, ("Vary", "Accept-Encoding"), ("Content-Length", str(len(body))))
    start("200 OK", headers)
    return (body,)


def _answer_memory_down(environ: Environ, start: StartResponse, seen: str) -> Iterable[bytes]:
    """A panel that shows something keeps it, and says so in its strip; an empty one gets the sentence."""
    headers = [*_ALWAYS, ("X-LPContext-State", _MEMORY_DOWN), ("X-LPContext-Next", str(_MEMORY_DOWN_TICK_MS))]
    if seen:
        start("204 No Content", headers)
        return ()
    return _answer_body(environ, start, render_bare(_MEMORY_DOWN), headers)


def _refuse(start: StartResponse, status: str) -> Iterable[bytes]:
    return _answer(start, status, [("X-LPContext-State", "refused")], "This panel's time is over. Open it again.\n")


def _answer(start: StartResponse, status: str, headers: Headers, sentence: str) -> Iterable[bytes]:
    body = sentence.encode()
    plain = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start(status, _ALWAYS + headers + plain)
    return (body,)
