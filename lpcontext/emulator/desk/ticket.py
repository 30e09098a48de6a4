"""What any CRM's server does: ask the panel for a one-time address, server to server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

from .panel_access import Desk

SECONDS: Final = 10.0
REASONS: Final = {
    400: "it does not accept these ids",
    401: "it does not know this desk's key",
    403: "this desk's key or address is not allowed",
    404: "it does not know this account",
    422: "it does not accept these ids",
    429: "it wants fewer requests",
}


class TicketRefused(Exception):
    """There is no ticket; the message is a sentence an agent can read."""


def ask_for_ticket(desk: Desk, *, account_id: str, subject: Mapping[str, str], origin: str) -> str:
    """`POST /api/v1/tickets`; returns the address it opens at. Raises TicketRefused.

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


def _read_ticket(desk: Desk, body: bytes) -> str:
    try:
        url = str(json.loads(body)["url"])
    except (ValueError, KeyError, TypeError) as problem:
        raise TicketRefused("The panel's answer is no ticket.") from problem
    if urlsplit(url)[:2] != urlsplit(desk.panel_url)[:2]:
        raise TicketRefused("The panel's ticket leads to another host, which this desk must not frame.")
    return url
