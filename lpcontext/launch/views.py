"""A host's verification as a view, the address a panel is reloaded at, and what is said where a view fails.

None waits for LivePerson.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple

import msgspec
from django.contrib.sessions.backends.base import UpdateError
from django.db import Error as DatabaseTrouble
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.defaults import server_error

from lpcontext.accounts.errors import UnknownAccount
from lpcontext.accounts.framing import find_framing_origins, framing_origins
from lpcontext.accounts.registry import find_account_by_slug
from lpcontext.launch.framing import FindFraming, allow_framing, find_framing_page, frame_errors
from lpcontext.launch.hosts.host import Denied, Host, Outcome, Route, Unopened, Unverifiable, Verified, View
from lpcontext.launch.launch_limits import count_unproven_launch, limit_unproven_launch
from lpcontext.launch.model import LaunchEnded
from lpcontext.launch.opening_records import record_outcome
from lpcontext.launch.rights import confirm_right
from lpcontext.launch.server_response import respond_to_server
from lpcontext.limits import LimitReached

# UpdateError is how Django's sessions say it.
_DATABASE_AWAY = (OperationalError, InterfaceError, UpdateError)
_TOO_OFTEN = "More panels were asked for in a minute than lpcontext opens for one agent, key or account."


class Pages(NamedTuple):
    """What renders the pages, for this room renders nothing.

    `panel(request, launch, right, reload_path=…)`; `empty_panel(request, reload_path=…)`, whose token lies behind the
    `#`; `refusal(request, reason, status=…, sentence=…)`, `memory_down(request)`; `form(request)`, which opens the
    panel when it is sent. `ask_early(subject, is_launch=True)` has LivePerson asked before anybody looks.
    """

    panel: Callable[..., HttpResponse]
    empty_panel: Callable[..., HttpResponse]
    refusal: Callable[..., HttpResponse]
    memory_down: Callable[[HttpRequest], HttpResponse]
    form: Callable[[HttpRequest], HttpResponse]
    ask_early: Callable[..., object]


def build_launch_view(host: Host, route: Route, pages: Pages) -> View:
    """The one view of all hosts: verify, record, then show the panel or the refusal, framed as the outcome says."""

    def launch_panel(request: HttpRequest, **path: Any) -> HttpResponse:
        outcome = record_outcome(request, host, _note_framing_page(request, _verify(request, route, path)))
        response = _render_outcome(request, host, outcome, pages)
        if isinstance(outcome, Denied) and outcome.retry_after:
            response["Retry-After"] = str(outcome.retry_after)
        if isinstance(outcome, Denied) and outcome.reason == "upstream":
            response["Refresh"] = str(outcome.retry_after)
        return allow_framing(response, outcome.framed_by)

    view: View = launch_panel
    for decorator in reversed(host.decorators):
        view = decorator(view)
    return frame_errors(_say_wrong_method(view, pages), host.find_framing)


def _verify(request: HttpRequest, route: Route, path: Mapping[str, Any]) -> Outcome:
    is_browser = "text/html" in request.headers.get("Accept", "")
    try:
        slug = str(path.get("slug", ""))
        limit_unproven_launch(request, slug=slug)
        outcome = route.verify(request, **path)
        if isinstance(outcome, Denied) and outcome.reason == "forged":
            count_unproven_launch(request, slug=slug if outcome.account_id else "")
    except DatabaseTrouble:
        return Unverifiable(as_json=not is_browser)
    except LimitReached as reached:
        return Denied("limit", 429, sentence=_TOO_OFTEN, as_json=not is_browser, retry_after=reached.wait_seconds)
    return outcome


def _note_framing_page(request: HttpRequest, outcome: Outcome) -> Outcome:
    """A launch that names no origin gets the one it is framed by, so that it ends when that is removed."""
    if not isinstance(outcome, Verified) or outcome.launch.origin or outcome.as_ticket:
        return outcome
    launch = msgspec.structs.replace(outcome.launch, origin=find_framing_page(request, outcome.framed_by))
    return outcome._replace(launch=launch)


def _say_wrong_method(view: View, pages: Pages) -> View:
    """Django answers it with an empty page, which in a CRM's frame says nothing."""

    @wraps(view)
    def saying(request: HttpRequest, **path: Any) -> HttpResponse:
        response = view(request, **path)
        if response.status_code != 405 or response.content:
            return response
        refusal = pages.refusal(request, "method", status=405)
        refusal["Allow"] = response["Allow"]
        return refusal

    return saying


def _render_outcome(request: HttpRequest, host: Host, outcome: Outcome, pages: Pages) -> HttpResponse:
    if isinstance(outcome, Unopened):
        return pages.form(request)
    if outcome.as_ticket if isinstance(outcome, Verified) else outcome.as_json:
        return respond_to_server(outcome, pages.ask_early)
    if isinstance(outcome, Denied):
        return pages.refusal(request, outcome.reason, status=outcome.status, sentence=outcome.sentence)
    if isinstance(outcome, Unverifiable):
        return pages.memory_down(request)
    slug = outcome.launch.slug
    reload_path = reverse("launch:reopen", args=[slug]) if host.reopens_by_slug else ""
    try:
        right = confirm_right(outcome.launch)
    except LaunchEnded:  # since it was verified
        return pages.refusal(request, "ended", status=403)
    return pages.panel(request, outcome.launch, right, reload_path=reload_path)


def build_reopen_view(pages: Pages) -> View:
    """An empty panel: its token lies behind the # of the address, where only the page's own script sees it."""

    @csrf_exempt  # it has no session, and shows nothing
    @require_safe
    @never_cache
    def reopen_panel(request: HttpRequest, slug: str) -> HttpResponse:
        try:
            account = find_account_by_slug(slug)
        except UnknownAccount:
            framed_by = find_framing_origins(slug)
            return allow_framing(pages.refusal(request, "account" if framed_by else "forged", status=404), framed_by)
        except DatabaseTrouble:
            return pages.memory_down(request)
        return allow_framing(pages.empty_panel(request, reload_path=request.path), framing_origins(account))

    return frame_errors(_say_wrong_method(reopen_panel, pages), find_framing_origins)


def show_server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: framed as the panel of that address would have been, as far as that can still be found.

    A database that is locked or away is none of our faults, and says so.
    """
    if isinstance(sys.exception(), _DATABASE_AWAY):
        response: HttpResponse = server_error(request, template_name="503.html")
        response.status_code = 503
        response["Retry-After"] = "5"
    else:
        response = server_error(request)
    match = request.resolver_match
    find_framing: FindFraming | None = getattr(match.func, "find_framing", None) if match else None
    if match is None or find_framing is None:
        return response
    try:
        return allow_framing(response, find_framing(**match.kwargs))
    except DatabaseTrouble:  # it may be what went wrong
        return response
