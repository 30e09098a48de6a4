"""The worker's way in: `celery -A lpcontext worker`, and beat beside it."""

from __future__ import annotations

import os
import warnings

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lpcontext.settings")

from django.conf import settings

# Said when started as root, for the sake of pickled tasks. Ours are JSON, and containers have a user of their own.
warnings.filterwarnings("ignore", category=SecurityWarning)


def broker_address(url: str) -> str:
    """Celery's spelling of a Redis address: redis-py says unix:///path, kombu redis+socket:///path."""
    return "redis+socket" + url.removeprefix("unix") if url.startswith("unix://") else url


app = Celery("lpcontext")
app.conf.update(
    broker_url=broker_address(settings.BROKER_URL),
    broker_connection_retry_on_startup=True,
    broker_transport_options={"socket_timeout": 5, "socket_connect_timeout": 2, "global_keyprefix": "lpc:q:"},
    task_default_queue="refresh",
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=4,
    worker_hijack_root_logger=False,
    worker_enable_remote_control=True,
    beat_schedule={"keep-logins": {"task": "lpcontext.keep_logins", "schedule": 30.0, "options": {"expires": 25}}},
)
app.autodiscover_tasks(["lpcontext.refresh"])


@worker_ready.connect
def say_that_a_worker_lives(**_: object) -> None:
    """At once, not only with the first beat: whoever starts us waits for this."""
    app.tasks["lpcontext.keep_logins"].apply()
