"""Every answer says by which id its request is known here, so that an agent's report finds its record."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lpcontext.audit.request_origin import find_request_id

View = Callable[[HttpRequest], HttpResponse]


def add_request_id(get_response: View) -> View:
    def middleware(request: HttpRequest) -> HttpResponse:
        request_id = find_request_id(request)
        response = get_response(request)
        response["X-Request-Id"] = request_id
        return response

    return middleware
