"""What LivePerson says of chats, for the loopback server with a script: log-ins, agent sessions, chats."""

from __future__ import annotations

from typing import Any

from tests.support.client_harness import ACCOUNT
from tests.support.scripted_server import Asked, Reply, ScriptedServer, reply

CHAT = "H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415"
OTHER_CHAT = "H31879676690579736-632532233958645150K8414055"
HOME = f"/api/account/{ACCOUNT}/agentSession"
COOKIE = ("Set-Cookie", "Session_id=login-cookie; Path=/; Secure; HttpOnly")


def login(bearer: str = "bearer-1") -> Reply:
    document = {"bearer": bearer, "csrf": f"csrf-of-{bearer}", "sessionTTl": "28800000"}
    return reply(200, document, headers=(COOKIE,))


def agent_session(session_id: str = "111", *, cookie: str | None = "", host: str = "elsewhere.example") -> Reply:
    """The 201 of a start; the session's own cookie is named after it, None for none."""
    link = {"@href": f"https://{host}{HOME}/{session_id}", "@rel": "location"}
    key = f"agentSessionKey={cookie or f'key-of-{session_id}'}; Path={HOME}; Secure"
    headers = () if cookie is None else (("Set-Cookie", key),)
    return reply(201, {"agentSessionLocation": {"link": link}}, headers=headers)


def will_serve(server: ScriptedServer, chat: dict[str, Any] | None = None) -> None:
    """A log-in, an agent session and a chat for whoever asks."""
    server.will("login", login())
    server.will("logout", reply(200))
    server.will("agentSession", agent_session())
    server.will("availability", reply(200, {"availability": {"chat": "Away"}}))
    server.will(CHAT, reply(200, chat or {"chat": {"info": {}}}))


def next_link(
    query: str, *, chat: str = CHAT, account: str = ACCOUNT, end: str = "", host: str = "va-a.example"
) -> str:
    return f"https://{host}/api/account/{account}/agentSession/999/chat/{chat}{end}{query}"


def sessions_of(asked: list[Asked]) -> list[str]:
    """The agent session each was asked in."""
    return [each.path.split("/")[5] for each in asked]


def cookies_of(asked: list[Asked]) -> list[str]:
    return [each.headers.get("cookie", "") for each in asked]
