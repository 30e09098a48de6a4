"""Panels are cookieless: at their addresses no cookie is read, and so none is set, not even to delete an old one."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_COOKIELESS = ("/launch/", "/panel/")


def drop_cookies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """In front of whatever looks for a session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(_COOKIELESS):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return middleware
