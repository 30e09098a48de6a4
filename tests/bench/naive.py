"""The naive view: what a team would write in an afternoon. Each poll asks LivePerson and renders a template.

A Django project as `startproject` makes it, one view, a `requests-oauthlib` session kept alive. BENCH_LIVEPERSON names
the host of the visit state.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from requests_oauthlib import OAuth1Session

from tests.bench.visits import CREDENTIALS, NAIVE_ACCOUNT

session = OAuth1Session(
    CREDENTIALS["app_key"],
    client_secret=CREDENTIALS["secret"],
    resource_owner_key=CREDENTIALS["access_token"],
    resource_owner_secret=CREDENTIALS["access_token_secret"],
)


def show_visit(request: HttpRequest, visitor_id: str) -> HttpResponse:
    host = os.environ["BENCH_LIVEPERSON"]
    answer = session.get(
        f"{host}/api/account/{NAIVE_ACCOUNT}/monitoring/visitors/{visitor_id}/visits/current/state",
        params={"v": "1", "sid": request.GET["sid"]},
        timeout=10,
    )
    answer.raise_for_status()
    return render(request, "naive.html", build_context(answer.json()))


def build_context(state: dict[str, Any]) -> dict[str, Any]:
    visit = state["appSessions"][0]
    for page in visit["pages"]:
        page["since"] = datetime.fromtimestamp(page["startTime"] / 1000, UTC)
    events = []
    for wrapped in visit["events"]:
        [(kind, event)] = wrapped.items()
        events.append(
            {"kind": kind, "at": datetime.fromtimestamp(event["serverTimeStamp"] / 1000, UTC), "attribute": event}
        )
    person, customer = visit["personalInfo"]["personalInfo"], visit["customerInfo"]["customerInfo"]
    return {"visit": visit, "person": person, "customer": customer, "pages": visit["pages"], "events": events}


urlpatterns = [path("visits/<str:visitor_id>/", show_visit)]


def make_application() -> WSGIHandler:
    settings.configure(
        SECRET_KEY="bench-only",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tests.bench.naive",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [Path(__file__).parent],
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
    )
    import django

    django.setup()
    return WSGIHandler()
