"""What an agent does in an open panel besides looking at it: reveals what is hidden, copies an id.

Each request proves itself by the panel's sealed token, in the header that ticks have: no cookie, so no other site can
send it. It is recorded first, and only then done.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import msgspec
from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from lpcontext.accounts.rights import Right
from lpcontext.audit.actions import Action
from lpcontext.audit.recording import AuditUnavailable, record_action
from lpcontext.audit.request_origin import read_request_origin
from lpcontext.launch import (
    Launch,
    LaunchEnded,
    LaunchExpired,
    LaunchForged,
    actor_of,
    confirm_right,
    open_token,
    seal_token,
)
from lpcontext.limits import Door, LimitReached, limit_use
from lpcontext.panel.parts import PARTS
from lpcontext.panel.wording.hidden_kinds import describe_kinds
from lpcontext.snapshots import shared_now_ms

_SHORTEST_REASON, _LONGEST_REASON = 3, 200
_SECTIONS = frozenset(part.section for part in PARTS)
_View = Callable[[HttpRequest, Launch, Right], HttpResponse]


def _with_open_panel(view: _View) -> Callable[[HttpRequest], HttpResponse]:
    """For whoever holds a panel's token, and whose right still stands."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return _refuse("forbidden", status=403)
        try:
            launch = open_token(request.headers.get("X-LPContext-Panel", ""), now_ms=shared_now_ms())
            agent = launch.agent_id or launch.agent_name or launch.granted_by
            limit_use(Door.PANEL, account_id=launch.subject.account_id, agent=agent)
            return view(request, launch, confirm_right(launch))
        except LimitReached as limit:
            refusal = _refuse("too often", status=429)
            refusal["Retry-After"] = str(limit.wait_seconds)
            return refusal
        except LaunchForged:
            return _refuse("forbidden", status=403)
        except (LaunchExpired, LaunchEnded):
            return _refuse("over", status=410)
        except (AuditUnavailable, DatabaseTrouble):
            return _refuse("unavailable", status=503)

    return csrf_exempt(never_cache(guarded))


@require_http_methods(["GET", "POST"])
@_with_open_panel
def reveal(request: HttpRequest, launch: Launch, right: Right) -> HttpResponse:
    """By GET, what may be revealed here; by POST, with a `reason`, a token that shows it until `until`."""
    kinds = right.hidden & right.revealable
    if request.method == "GET":
        return JsonResponse({"kinds": describe_kinds(kinds)})
    if not kinds:
        return _refuse("forbidden", status=403)
    reason = " ".join(request.POST.get("reason", "").split())
    if not _SHORTEST_REASON <= len(reason) <= _LONGEST_REASON or not reason.isprintable():
        return _refuse("reason", status=400)
    record_action(
        Action.REVEALED,
        actor=actor_of(launch),
        origin=read_request_origin(request),
        subject=launch.subject,
        kinds=kinds,
        reason=reason,
    )
    until_ms = min(launch.expires_ms, shared_now_ms() + int(settings.REVEAL_SECONDS * 1000))
    revealed = msgspec.structs.replace(launch, revealed_until_ms=until_ms, revealed_kinds=tuple(sorted(kinds)))
    return JsonResponse({"token": seal_token(revealed), "seconds": (until_ms - shared_now_ms()) / 1000})


@require_POST
@_with_open_panel
def report_copy(request: HttpRequest, launch: Launch, right: Right) -> HttpResponse:
    """That something was copied, and out of which `section`; never what."""
    section = request.POST.get("section", "")
    if section not in _SECTIONS:
        return _refuse("section", status=400)
    record_action(
        Action.COPIED,
        actor=actor_of(launch),
        origin=read_request_origin(request),
        subject=launch.subject,
        kinds=[section],
    )
    return HttpResponse(status=204)


def _refuse(why: str, *, status: int) -> HttpResponse:
    return JsonResponse({"error": why}, status=status)
