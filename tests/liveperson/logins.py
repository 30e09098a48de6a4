"""Log-ins as the scripted server tells them, and how often it was asked."""

from __future__ import annotations

from typing import Any

from tests.support.scripted_server import Reply, ScriptedServer, reply

MINUTE = 60
HOUR = 60 * MINUTE
COOKIE = ("Set-Cookie", "Session_id=s1; Path=/; Domain=.liveperson.net; Secure; HttpOnly")
CSRF_INVALID = {"error": {"message": "CSRF token invalid!", "internalCode": 10, "responseStatus": "UNAUTHORIZED"}}


def login(bearer: str = "bearer-1", *, cookie: tuple[str, str] | None = COOKIE, **fields: Any) -> Reply:
    body = {"bearer": bearer, "csrf": f"csrf-of-{bearer}", "sessionTTl": "28800000", "config": {}} | fields
    return reply(200, body, headers=(cookie,) if cookie else ())


def count(server: ScriptedServer, segment: str) -> int:
    return len(server.asked_for(segment))
