"""A tick without a server: one request to the middleware in this process."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any

from lpcontext.accounts.rights import Grant, Right
from lpcontext.launch import Launch, seal_token
from lpcontext.panel.tick import TickMiddleware
from lpcontext.subjects import VisitKey
from tests.support.viewers import USUALLY_HIDDEN

KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")


def tick(middleware: TickMiddleware, token: str, query: str = "") -> tuple[str, dict[str, str], bytes]:
    sent: list[Any] = []
    environ = {
        "PATH_INFO": "/panel/body",
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": query,
        "HTTP_X_LPCONTEXT_PANEL": token,
        "HTTP_ACCEPT_ENCODING": "gzip",
    }
    body = b"".join(middleware(environ, lambda status, headers: sent.extend([status, dict(headers)])))
    return sent[0], sent[1], body


def make_token(*, seconds: float = 60) -> str:
    now_ms = int(time.time() * 1000)
    return seal_token(Launch(subject=KEY, slug="s", opened_ms=now_ms, expires_ms=now_ms + int(seconds * 1000)))


def give_all(grants: Collection[Grant]) -> dict[Grant, Right]:
    return dict.fromkeys(grants, Right(is_good=True, hidden=USUALLY_HIDDEN))


def nothing_behind(environ: Any, start: Any) -> Any:
    raise AssertionError("a tick fell through")
