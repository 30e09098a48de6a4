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
from lpcontext.refresh import Look, Subject, look_at_subject
from lpcontext.snapshots import MemoryUnavailable

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

PATH = "/panel/body"
# What this process has just read is good for this long, but never past the moment when the next answer is due.
_REMEMBER_SECONDS = 1.0
_REMEMBER_MOST = 20_000
_MEMORY_DOWN = "memory-down"
_MEMORY_DOWN_TICK_MS = 3000

# An empty answer has nothing a browser could sniff, run or frame: each header costs as much as finding the version.
_EMPTY: Headers = [("Cache-Control", "no-store")]
_ALWAYS: Headers = [
    *_EMPTY,
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
_HTML = ("Content-Type", "text/html; charset=utf-8")


class _Known(NamedTuple):
    """What was read of a subject, and the headers that tell it: made once a reading, not once a tick."""

    until: float
    look: Look
    version: str
    headers: Headers
    unchanged: str  # the query of a panel that has seen this version


class TickDoor:
    """A WSGI application; whatever is no tick falls through to `behind`."""

    def __init__(self, behind: Application) -> None:
        self._behind = behind
        self._opened: dict[str, Launch] = {}
        self._known: dict[Subject, _Known] = {}
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
            launch = self._open(environ.get("HTTP_X_LPCONTEXT_PANEL", ""), now_ms)
        except LaunchExpired:
            return _refuse(start, "410 Gone")
        except LaunchRefused:
            return _refuse(start, "403 Forbidden")
        return self._tick(launch, environ, start, now_ms)

    def _tick(self, launch: Launch, environ: Environ, start: StartResponse, now_ms: int) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        try:
            known = self._look(launch, now_ms, hurry="now=1" in query)
            if query == known.unchanged or _read_seen(query) == known.version:
                start("204 No Content", _EMPTY + _tell_freshness(known, now_ms))
                return ()
            look, body = self._bodies.find_or_render(known.look, masked=launch.masked)
        except MemoryUnavailable:
            return _answer_memory_down(environ, start, _read_seen(query))
        return _answer_body(environ, start, body, _ALWAYS + _tell_freshness(_know(look, 0), now_ms))

    def _open(self, token: str, now_ms: int) -> Launch:
        """Raises LaunchRefused. Opened tokens are remembered; their end is looked at every time."""
        launch = self._opened.get(token)
        if launch is None:
            launch = open_token(token, now_ms=now_ms)
            _remember(self._opened, token, launch)
        elif launch.expires_ms <= now_ms:
            del self._opened[token]
            raise LaunchExpired
        return launch

    def _look(self, launch: Launch, now_ms: int, *, hurry: bool) -> _Known:
        known = self._known.get(launch.subject)
        clock = time.monotonic()
        if known and clock < known.until and not hurry:
            return known
        look = look_at_subject(launch.subject, now_ms=now_ms, hurry=hurry)
        due_ms = look.due_ms()
        good_for = _REMEMBER_SECONDS if due_ms is None else min(_REMEMBER_SECONDS, (due_ms - now_ms) / 1000)
        known = _know(look, clock + good_for)
        _remember(self._known, launch.subject, known)
        return known


def _know(look: Look, until: float) -> _Known:
    headers = []
    as_of_ms = look.leading().as_of_ms
    if as_of_ms is not None:
        headers.append(("X-LPContext-As-Of", as_of_text(as_of_ms)))
    version = look.version
    return _Known(until, look, version, headers, f"seen={version}")


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
    headers = [*known.headers, ("X-LPContext-State", known.look.state_at(now_ms=now_ms))]
    next_ms = known.look.next_tick_ms(now_ms=now_ms)
    if next_ms is not None:
        headers.append(("X-LPContext-Next", str(next_ms)))
    return headers


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
