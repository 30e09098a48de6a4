"""What a server that signed its request gets: a ticket for its agent's browser, or why not, in JSON."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from lpcontext.launch.hosts.host import Denied, Unverifiable, Verified
from lpcontext.launch.tickets import seal_ticket
from lpcontext.problems import PROBLEM_TYPE, build_problem
from lpcontext.snapshots import MemoryUnavailable, shared_now_ms

_REFUSED = "This launch is not accepted."


def respond_to_server(outcome: Verified | Denied | Unverifiable, ask_early: Callable[..., object]) -> HttpResponse:
    """`ask_early(subject, is_launch=True)` has LivePerson asked, so that its answer is there before the agent looks."""
    if isinstance(outcome, Verified):
        with suppress(MemoryUnavailable):  # the ticket is good all the same; the panel will say that memory is down
            ask_early(outcome.launch.subject, is_launch=True)
        return _respond_with_ticket(outcome)
    if isinstance(outcome, Unverifiable):
        response = _respond_problem(503, "Memory is unreachable; send it again in a moment.")
        response["Retry-After"] = "3"
        return response
    return _respond_problem(outcome.status, outcome.sentence or _REFUSED)


def _respond_with_ticket(verified: Verified) -> HttpResponse:
    ticket = seal_ticket(verified.launch, now_ms=shared_now_ms())  # whoever verified it has seen that it fits
    expires = datetime.fromtimestamp(ticket.expires_ms / 1000, UTC).isoformat(timespec="seconds")
    return JsonResponse({"url": f"{settings.PUBLIC_URL}{ticket.path}", "expiresAt": expires}, status=201)


def _respond_problem(status: int, sentence: str) -> JsonResponse:
    return JsonResponse(build_problem(status, sentence), status=status, content_type=PROBLEM_TYPE)
