"""Probes come by address, not by our host name, and without https: they are answered before either is checked."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lpcontext.ops.urls import urlpatterns

View = Callable[[HttpRequest], HttpResponse]


def answer_probes(get_response: View) -> View:
    """First in MIDDLEWARE. None of these answers depends on the Host header, so none need be allowed for them."""
    views: dict[str, View] = {f"/{url.pattern}": url.callback for url in urlpatterns}

    def middleware(request: HttpRequest) -> HttpResponse:
        view = views.get(request.path_info)
        return view(request) if view else get_response(request)

    return middleware
