"""What any CRM's server does: ask the panel for a one-time address, server to server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

SECONDS: Final = 10.0
REASONS: Final = {
    400: "it does not accept these ids",
    401: "it does not know this desk's key",
    403: "this desk's key or address is not allowed",
    404: "it does not know this account",
    422: "it does not accept these ids",
    429: "it wants fewer requests",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The panel this desk frames, its integration key, and who sits here. No account: the emulator's first."""

    panel_url: str
    key: str = field(repr=False)
    account_id: str | None = None
    agent_id: str = "desk-7"
    agent_name: str = "Sam Ferreira"
    agent_role: str = "Service desk"


class TicketRefused(Exception):
    """There is no ticket; the message is a sentence an agent can read."""


def ask_for_ticket(desk: Desk, *, account_id: str, subject: Mapping[str, str], origin: str) -> dict[str, Any]:
    """`POST /api/v1/tickets` → `{"url", "expiresAt"}`. Raises TicketRefused.

    The subject is `visitorId` and `sessionId`, or `chatId`.
    """
    ticket_request = {
        "accountId": account_id,
        **subject,
        "origin": origin,
        "agent": {"id": desk.agent_id, "name": desk.agent_name, "role": desk.agent_role},
    }
    try:
        status, body = _post(desk, ticket_request)
    except (OSError, HTTPException) as problem:
        raise TicketRefused("The panel cannot be reached. Is it running?") from problem
    if status != 201:
        reason = REASONS.get(status, "it did not say why")
        raise TicketRefused(f"The panel gave no ticket: {reason} (HTTP {status}).")
    return _read_ticket(desk, body)


def _post(desk: Desk, ticket_request: dict[str, Any]) -> tuple[int, bytes]:
    panel = urlsplit(desk.panel_url)
    connect = HTTPSConnection if panel.scheme == "https" else HTTPConnection
    connection = connect(panel.netloc, timeout=SECONDS)
    headers = {"Authorization": f"Bearer {desk.key}", "Content-Type": "application/json", "Accept": "application/json"}
    try:
        connection.request("POST", f"{panel.path.rstrip('/')}/api/v1/tickets", json.dumps(ticket_request), headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def _read_ticket(desk: Desk, body: bytes) -> dict[str, Any]:
    try:
        ticket = json.loads(body)
        url, expires_at = str(ticket["url"]), ticket.get("expiresAt")
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise TicketRefused("The panel's answer is no ticket.") from problem
    if urlsplit(url)[:2] != urlsplit(desk.panel_url)[:2]:
        raise TicketRefused("The panel's ticket leads to another host, which this desk must not frame.")
    return {"url": url, "expiresAt": expires_at}
