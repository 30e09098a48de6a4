"""What a server that signed its request gets: a ticket for its agent's browser, or why not, in JSON."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from lpcontext.launch.hosts.host import Denied, Unverifiable, Verified
from lpcontext.launch.model import LaunchTooLong
from lpcontext.launch.tickets import seal_ticket
from lpcontext.snapshots import MemoryUnavailable, shared_now_ms

_REFUSED = "This launch is not accepted."
_TOO_LONG = "More is said of agent and record than an address holds."


def respond_to_server(outcome: Verified | Denied | Unverifiable, ask_early: Callable[..., object]) -> HttpResponse:
    """`ask_early(subject, is_launch=True)` has LivePerson asked, so that its answer is there before the agent looks."""
    if isinstance(outcome, Verified):
        with suppress(MemoryUnavailable):  # the ticket is good all the same; the panel will say that memory is down
            ask_early(outcome.launch.subject, is_launch=True)
        return _respond_with_ticket(outcome)
    if isinstance(outcome, Unverifiable):
        response = JsonResponse({"error": "Memory is unreachable; send it again in a moment."}, status=503)
        response["Retry-After"] = "3"
        return response
    return JsonResponse({"error": outcome.sentence or _REFUSED}, status=outcome.status)


def _respond_with_ticket(verified: Verified) -> HttpResponse:
    try:
        ticket = seal_ticket(verified.launch, now_ms=shared_now_ms())
    except LaunchTooLong:
        return JsonResponse({"error": _TOO_LONG}, status=400)
    expires = datetime.fromtimestamp(ticket.expires_ms / 1000, UTC).isoformat(timespec="seconds")
    return JsonResponse({"url": f"{settings.PUBLIC_URL}{ticket.path}", "expiresAt": expires}, status=201)
