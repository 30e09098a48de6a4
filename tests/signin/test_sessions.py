"""Sessions that are over are cleared, by a task that beat sends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from lpcontext.celery import app


@pytest.mark.django_db
def test_beat_clears_sessions_that_are_over_and_no_others() -> None:
    for key, hours in (("over", -1), ("good", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(hours=hours))
    app.loader.import_default_modules()

    app.tasks[app.conf.beat_schedule["clear-sessions"]["task"]].apply(throw=True)

    assert [session.session_key for session in Session.objects.all()] == ["good"]
