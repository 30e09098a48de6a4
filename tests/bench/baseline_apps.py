"""What we measure ourselves against: a raw WSGI hello, and an empty Django view without middleware."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok", headers={"Content-Length": "2"})


urlpatterns = [path("empty", empty)]


def make_django() -> WSGIHandler:
    """The same Django, nothing in front of the view."""
    settings.configure(
        SECRET_KEY="bench-only",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tests.bench.baseline_apps",
        MIDDLEWARE=[],
        LOGGING_CONFIG=None,
    )
    import django

    django.setup()
    return WSGIHandler()
