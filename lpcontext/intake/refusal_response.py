"""How a refused body is answered: JSON below /api/, one plain sentence elsewhere; then the connection ends."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lpcontext.intake.refusals import BodyRefused
from lpcontext.problems import PROBLEM_TYPE, build_problem

API = "/api/"
_ALWAYS = [
    ("Connection", "close"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
]


def respond_refused(path: str, start: Callable[..., Any], refused: BodyRefused) -> Iterable[bytes]:
    """`path` decides how it is worded. A read that is under way is ended with the connection."""
    is_api = path.startswith(API)
    problem = build_problem(refused.status.value, refused.sentence)
    body = (json.dumps(problem) if is_api else f"{refused.sentence}\n").encode()
    under_way = refused.under_way if refused.under_way and not refused.under_way.is_set() else None
    headers = [
        ("Content-Type", PROBLEM_TYPE if is_api else "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body) + (1 if under_way else 0))),
        *_ALWAYS,
    ]
    if refused.retry_seconds:
        headers.append(("Retry-After", str(refused.retry_seconds)))
    start(f"{refused.status.value} {refused.status.phrase}", headers)
    return _break_off(body, under_way, refused.parting_seconds) if under_way else [body]


def _break_off(body: bytes, under_way: threading.Event, parting_seconds: float) -> Iterator[bytes]:
    """An answer that stays a byte short of what it announces.

    For the server waits, with the interpreter's lock in its hand, until nobody reads a body any more: a silent sender
    would stop the process. It ends a connection, and with it the read, whose answer is not what was announced.
    """
    yield body
    under_way.wait(parting_seconds)  # for the sentence to be on its way first
