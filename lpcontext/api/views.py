"""The JSON views. Thin: read, ask a verb, answer."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.integration_keys import find_key, note_key_use
from lpcontext.accounts.models import IntegrationKey
from lpcontext.accounts.rights import grant_of_key
from lpcontext.audit.request_origin import find_address
from lpcontext.launch import InvalidRequest, LaunchTooLong, issue_ticket, read_ticket_request
from lpcontext.limits import Door, LimitReached, count_unproven, limit_unproven, limit_use
from lpcontext.refresh import view_subject
from lpcontext.snapshots import MemoryUnavailable, shared_now_ms


@csrf_exempt  # authenticated by the integration key in a header, which no foreign site can set
@require_POST
@never_cache
def create_ticket(request: HttpRequest) -> JsonResponse:
    """A one-time launch URL; LivePerson is asked at once, so that the answer is there before the agent looks."""
    try:
        limit_unproven(Door.API, find_address(request))
        key = _find_key(request)
        if key is None:
            count_unproven(Door.API, find_address(request))
        else:
            limit_use(Door.API, account_id=key.account_id, key=grant_of_key(key.pk))
    except LimitReached as reached:
        return _refuse_for_now(reached)
    if key is None:
        return _refuse("An integration key is needed: Authorization: Bearer lpk_…", status=401)
    try:
        ticket_request = read_ticket_request(request.body)
        if ticket_request.subject.account_id != key.account_id:
            return _refuse("This integration key is for another account.", status=403, field="accountId")
        ticket = issue_ticket(
            key.account,
            ticket_request.subject,
            now_ms=shared_now_ms(),
            agent_id=ticket_request.agent_id,
            agent_name=ticket_request.agent_name,
            origin=ticket_request.origin,
            granted_by=grant_of_key(key.pk),
            role=ticket_request.role,
            locale=ticket_request.locale,
            time_zone=ticket_request.time_zone,
            crm=ticket_request.crm,
        )
    except RequestDataTooBig:  # for whoever serves Django without the intake
        return _refuse(f"The request is larger than {settings.API_BODY_BYTES // 1024} KB.", status=413)
    except InvalidRequest as error:
        return _refuse(error.sentence, status=400, field=error.field)
    except LaunchTooLong:
        return _refuse("agent and crm say more than an address holds; leave something out.", status=400, field="crm")
    except BadOrigin as error:
        return _refuse(f"origin {error.reason}", status=400, field="origin")
    note_key_use(key, now=timezone.now())
    with suppress(MemoryUnavailable):  # the ticket is good all the same; the panel will say that memory is down
        view_subject(ticket_request.subject, is_launch=True)
    expires = datetime.fromtimestamp(ticket.expires_ms / 1000, UTC).isoformat(timespec="seconds")
    return JsonResponse({"url": f"{settings.PUBLIC_URL}{ticket.path}", "expiresAt": expires}, status=201)


def _find_key(request: HttpRequest) -> IntegrationKey | None:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    return find_key(text.strip()) if scheme.lower() == "bearer" else None


def _refuse_for_now(reached: LimitReached) -> JsonResponse:
    response = _refuse("There were too many requests; Retry-After says, in seconds, when to send the next.", status=429)
    response["Retry-After"] = str(reached.wait_seconds)
    return response


def _refuse(sentence: str, *, status: int, field: str | None = None) -> JsonResponse:
    content = {"error": sentence} | ({"field": field} if field else {})
    response = JsonResponse(content, status=status)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response
