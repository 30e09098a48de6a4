"""The worker's way in: `celery -A lpcontext worker`, and beat beside it."""

from __future__ import annotations

import os
import warnings

from celery import Celery
from celery.app.amqp import AMQP
from celery.exceptions import SecurityWarning
from celery.schedules import crontab
from celery.signals import worker_ready, worker_shutting_down

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lpcontext.settings")

from django.conf import settings

from lpcontext.snapshots.broker import BROKER_PACE, BrokerConnection

# Said when started as root, for the sake of pickled tasks. Ours are JSON, and containers have a user of their own.
warnings.filterwarnings("ignore", category=SecurityWarning)


def broker_address(url: str) -> str:
    """Celery's spelling of a Redis address: redis-py says unix:///path, kombu redis+socket:///path."""
    return "redis+socket" + url.removeprefix("unix") if url.startswith("unix://") else url


class _Amqp(AMQP):
    Connection = BrokerConnection


app = Celery("lpcontext", amqp=_Amqp)
app.conf.update(
    broker_url=broker_address(settings.BROKER_URL),
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        # A task that was lost with its worker is asked for again (refresh/worker.py): a second copy in the broker would
        # only be one more thing to write, to restore, and to fail.
        "ack_emulation": False,
        "socket_timeout": 3,
        "socket_connect_timeout": 2,
        "global_keyprefix": "lpc:q:",
        **BROKER_PACE,
    },
    broker_connection_retry=True,
    broker_connection_max_retries=None,
    # None of our tasks is acknowledged late: this cancels nothing, and spares the log a paragraph at every loss.
    worker_cancel_long_running_tasks_on_connection_loss=True,
    task_default_queue="refresh",
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    # A shift lasts as long as somebody watches: what a busy worker fetched ahead, an idle one could not have.
    worker_prefetch_multiplier=1,
    worker_disable_prefetch=True,
    worker_hijack_root_logger=False,
    worker_enable_remote_control=False,
    beat_scheduler="lpcontext.refresh.celery_beat:WorkerAwareScheduler",
    beat_schedule={
        "keep-logins": {"task": "lpcontext.keep_logins", "schedule": 30.0, "options": {"expires": 25}},
        "write-waiting-records": {
            "task": "lpcontext.write_waiting_records",
            "schedule": 5.0,
            "options": {"expires": 4},
        },
        "prune-audit": {
            "task": "lpcontext.prune_audit",
            "schedule": crontab(minute="29"),
            "options": {"expires": 3000},
        },
        "clear-sessions": {
            "task": "lpcontext.clear_sessions",
            "schedule": crontab(minute="17"),
            "options": {"expires": 3000},
        },
    },
)
app.autodiscover_tasks(["lpcontext.refresh", "lpcontext.signin", "lpcontext.audit"])


@worker_ready.connect
def start_worker(**_: object) -> None:
    """Prove at once that a worker lives, and start the shifts that are missing: whoever starts us waits for this."""
    # Not above: it needs Django set up, which Celery does after it has read this file.
    from lpcontext.refresh.worker import get_worker

    get_worker().start()


@worker_shutting_down.connect
def stop_worker(**_: object) -> None:
    """Shifts would last as long as somebody watches: they end now, and another worker takes over."""
    from lpcontext.refresh.worker import get_worker

    get_worker().stop()
