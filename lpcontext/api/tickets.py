"""`POST /tickets` and `POST /sessions`: a one-time address of a panel, of a visit that is known or made for it."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.models import IntegrationKey
from lpcontext.accounts.rights import grant_of_key
from lpcontext.api.doors import check_account, for_key
from lpcontext.api.idempotency import answer_once
from lpcontext.api.responses import ApiRefused, respond
from lpcontext.connections import CannotAsk, SessionRefused, create_session
from lpcontext.launch import (
    LaunchTooLong,
    TicketRequest,
    issue_ticket,
    read_session_request,
    read_ticket_request,
)
from lpcontext.refresh import view_subject
from lpcontext.snapshots import MemoryUnavailable, shared_now_ms
from lpcontext.subjects import VisitKey

# A session that was made stays made: the same request must not make another.
_SESSION_KEPT_SECONDS = 24 * 3600.0
_ASK_AGAIN_SECONDS = 5  # contract 6.1
_UNREACHABLE = "LivePerson does not answer; send it again, with the same Idempotency-Key."
_LOADING = "LivePerson is loading the account; send it again with this visitorId."
_REFUSED = "LivePerson makes no session for this account."


@for_key("POST")
def create_ticket(request: HttpRequest, key: IntegrationKey) -> HttpResponse:
    """LivePerson is asked at once, so that the answer is there before the agent looks."""

    def make() -> dict[str, Any]:
        asked = read_ticket_request(request.body)
        check_account(key, asked.subject.account_id)
        return _issue(key, asked)

    return respond(answer_once(request, key, make, seconds=settings.TICKET_SECONDS), status=201)


@for_key("POST")
def create_unmonitored_session(request: HttpRequest, key: IntegrationKey) -> HttpResponse:
    """For a caller whose browsing nobody monitors: App Engagement makes the ids (contract 6.1)."""

    def make() -> dict[str, Any]:
        asked = read_session_request(request.body)
        check_account(key, asked.account_id)
        subject = _create_session(key, visitor_id=asked.asked.visitor_id, session_id=asked.asked.session_id)
        ticket = _issue(key, asked.build_ticket_request(subject))
        return {"visitorId": subject.visitor_id, "sessionId": subject.session_id, **ticket}

    return respond(answer_once(request, key, make, seconds=_SESSION_KEPT_SECONDS), status=201)


def _create_session(key: IntegrationKey, *, visitor_id: str, session_id: str) -> VisitKey:
    """Raises ApiRefused."""
    try:
        created = create_session(key.account, visitor_id=visitor_id, session_id=session_id)
    except CannotAsk:
        raise ApiRefused(_UNREACHABLE, status=503, retry_after=_ASK_AGAIN_SECONDS) from None
    except SessionRefused as error:
        raise ApiRefused(f"{_REFUSED} {error}", status=502) from None
    if not created.session_id:
        raise ApiRefused(_LOADING, status=503, retry_after=_ASK_AGAIN_SECONDS, visitorId=created.visitor_id)
    return VisitKey(account_id=key.account_id, visitor_id=created.visitor_id, session_id=created.session_id)


def _issue(key: IntegrationKey, asked: TicketRequest) -> dict[str, Any]:
    """Raises ApiRefused."""
    try:
        ticket = issue_ticket(
            key.account,
            asked.subject,
            now_ms=shared_now_ms(),
            agent_id=asked.agent_id,
            agent_name=asked.agent_name,
            origin=asked.origin,
            granted_by=grant_of_key(key.pk),
            role=asked.role,
            locale=asked.locale,
            time_zone=asked.time_zone,
            crm=asked.crm,
        )
    except LaunchTooLong:
        sentence = "agent and crm say more than an address holds; leave something out."
        raise ApiRefused(sentence, status=400, field="crm") from None
    except BadOrigin as error:
        raise ApiRefused(f"origin {error.reason}", status=400, field="origin") from None
    with suppress(MemoryUnavailable):  # the ticket is good all the same; the panel will say that memory is down
        view_subject(asked.subject, is_launch=True)
    expires = datetime.fromtimestamp(ticket.expires_ms / 1000, UTC).isoformat(timespec="seconds")
    return {"url": f"{settings.PUBLIC_URL}{ticket.path}", "expiresAt": expires}
