"""Who may read the metrics: whoever has the token; this machine without one, but only where that was said."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

# A proxy on this machine makes the whole world look like loopback, and not every proxy leaves a sign. So somebody who
# knows that there is none must have said so; a request with a sign has travelled whatever was said.
_SIGNS_OF_TRAVEL = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")
_LOOPBACK = ("127.0.0.1", "::1")


def may_read_metrics(request: HttpRequest) -> bool:
    """With LPCONTEXT_METRICS_TOKEN as a bearer; without one, from this machine where LPCONTEXT_METRICS_LOCAL is set."""
    token = settings.METRICS_TOKEN
    if token:
        scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
        return scheme.lower() == "bearer" and constant_time_compare(shown.strip(), token)
    if not settings.METRICS_LOCAL:
        return False
    has_travelled = any(sign in request.headers for sign in _SIGNS_OF_TRAVEL)
    return request.META.get("REMOTE_ADDR") in _LOOPBACK and not has_travelled
