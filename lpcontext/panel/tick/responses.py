"""The few responses a tick has, with the headers that Django's middleware would otherwise add."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil
from typing import Any

from lpcontext.panel.tick.bodies import render_bare_body, unpack_body
from lpcontext.subjects import State

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

_MEMORY_DOWN_TICK_MS = 3000

# An empty answer has nothing a browser could sniff, run or frame: each header costs as much as finding the version.
EMPTY_HEADERS: Headers = [("Cache-Control", "no-store")]
BODY_HEADERS: Headers = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
_ALL_HEADERS: Headers = EMPTY_HEADERS + BODY_HEADERS
_HTML = ("Content-Type", "text/html; charset=utf-8")


def read_seen(environ: Environ) -> str:
    """The version a page says it shows. Versions are plain letters: nothing needs decoding."""
    for pair in environ.get("QUERY_STRING", "").split("&"):
        name, _, value = pair.partition("=")
        if name == "seen":
            return str(value)
    return ""


def send_body(environ: Environ, start: StartResponse, body: bytes, headers: Headers) -> Iterable[bytes]:
    """A gzipped body, unpacked for whoever cannot read it so."""
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        headers.append(("Content-Encoding", "gzip"))
    else:
        body = unpack_body(body).encode()
    headers += (_HTML, ("Vary", "Accept-Encoding"), ("Content-Length", str(len(body))))
    start("200 OK", headers)
    return (body,)


def send_memory_down(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    """A panel that shows something keeps it, and says so in its strip; an empty one gets the sentence."""
    headers = [
        *_ALL_HEADERS,
        ("X-LPContext-State", State.MEMORY_DOWN.value),
        ("X-LPContext-Next", str(_MEMORY_DOWN_TICK_MS)),
    ]
    if read_seen(environ):
        start("204 No Content", headers)
        return ()
    return send_body(environ, start, render_bare_body(State.MEMORY_DOWN), headers)


def send_refusal(start: StartResponse, status: str, *, right: str = "") -> Iterable[bytes]:
    """Where the `right` itself has ended, the page must not go on showing what it has."""
    headers = [("X-LPContext-State", State.REFUSED.value), *([("X-LPContext-Right", right)] if right else [])]
    return _send_sentence(start, status, headers, "This panel's time is over. Open it again.\n")


def send_too_often(start: StartResponse, state: State, wait_ms: float) -> Iterable[bytes]:
    """The panel keeps what it shows."""
    headers = [
        ("X-LPContext-State", state.value),
        ("X-LPContext-Next", str(max(1000, ceil(wait_ms)))),
        ("Retry-After", str(max(1, ceil(wait_ms / 1000)))),
    ]
    return _send_sentence(start, "429 Too Many Requests", headers, "This panel asks too often.\n")


def send_wrong_method(start: StartResponse) -> Iterable[bytes]:
    return _send_sentence(start, "405 Method Not Allowed", [("Allow", "GET")], "Only GET is understood here.\n")


def _send_sentence(start: StartResponse, status: str, headers: Headers, sentence: str) -> Iterable[bytes]:
    body = sentence.encode()
    plain = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start(status, _ALL_HEADERS + headers + plain)
    return (body,)
