"""Probes come by address, not by our host name, and without https: they are answered before either is checked."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lpcontext.ops.urls import urlpatterns

View = Callable[[HttpRequest], HttpResponse]


def answer_probes(get_response: View) -> View:
    """First in MIDDLEWARE. None of these answers depends on the Host header, so none need be allowed for them."""
    doors: dict[str, View] = {f"/{door.pattern}": door.callback for door in urlpatterns}

    def middleware(request: HttpRequest) -> HttpResponse:
        door = doors.get(request.path_info)
        return door(request) if door else get_response(request)

    return middleware
