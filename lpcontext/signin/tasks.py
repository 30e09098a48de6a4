"""Celery's task: sessions that are over are cleared away."""

from __future__ import annotations

import logging
from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.db import Error as DatabaseTrouble

log = logging.getLogger(__name__)


@shared_task(name="lpcontext.clear_sessions", ignore_result=True)
def clear_sessions(**_: object) -> None:
    """Once an hour, since a machine that sleeps at night would miss a daily hour: sessions that are over go."""
    try:
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    except DatabaseTrouble:
        log.warning("the database is unreachable; sessions that are over were not cleared")
