"""In front of pages for signed-in agents."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from lpcontext.signin.next_path import FIELD, seal_next_path
from lpcontext.snapshots import shared_now_ms


class HtmxHttpRequest(HttpRequest):
    """As django-htmx's middleware hands it on."""

    htmx: HtmxDetails


_Arguments = ParamSpec("_Arguments")
_View = Callable[Concatenate[HtmxHttpRequest, _Arguments], HttpResponse]


def sign_in_first(view: _View[_Arguments]) -> _View[_Arguments]:
    """Whoever has not signed in is sent to do so, and gets afterwards what was asked for."""

    @wraps(view)
    def guarded(request: HtmxHttpRequest, /, *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        address = _build_sign_in_address(request)
        # A script would follow a plain redirect, and put the page it leads to where a part was awaited.
        return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)

    return guarded


def _build_sign_in_address(request: HttpRequest) -> str:
    address = resolve_url(settings.LOGIN_URL)
    path = request.get_full_path() if request.method == "GET" else ""
    if path in ("", resolve_url(settings.LOGIN_REDIRECT_URL)):  # where everybody comes to
        return address
    sealed = seal_next_path(path, now_ms=shared_now_ms())
    return f"{address}?{FIELD}={sealed}" if sealed else address
