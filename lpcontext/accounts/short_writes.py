"""Writes on a request's way, which must not make it wait: a locked or slow database refuses them at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_WAIT_MS = 300


@contextmanager
def short_write() -> Iterator[None]:
    """A transaction that waits for others' locks at most 0.3 s. Raises django.db.Error where they last longer."""
    if connection.vendor == "sqlite":
        with _sqlite_wait(_WAIT_MS), transaction.atomic():
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {_WAIT_MS}; SET LOCAL statement_timeout = {10 * _WAIT_MS}")
        yield


@contextmanager
def _sqlite_wait(milliseconds: int) -> Iterator[None]:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
