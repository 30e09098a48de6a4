"""Celery's tasks: what waits is written, what is old goes."""

from __future__ import annotations

import logging

from celery import shared_task
from django.db import Error as DatabaseTrouble
from django.utils import timezone

from lpcontext.audit.pruning import prune_records
from lpcontext.audit.recording import write_waiting_records
from lpcontext.snapshots import MemoryUnavailable

log = logging.getLogger(__name__)


@shared_task(name="lpcontext.write_waiting_records", ignore_result=True)
def write_waiting(**_: object) -> None:
    """Every few seconds; where nothing waits it asks memory once."""
    try:
        written = write_waiting_records()
    except (DatabaseTrouble, MemoryUnavailable):
        log.warning("audit records wait: the database or memory is unreachable")
        return
    if written:
        log.info("audit records that had waited were written: %d", written)


@shared_task(name="lpcontext.prune_audit", ignore_result=True)
def prune_audit(**_: object) -> None:
    """Once an hour, since a machine that sleeps at night would miss a daily hour."""
    try:
        prune_records(now=timezone.now())
    except DatabaseTrouble:
        log.warning("the database is unreachable; old audit records were not removed")
