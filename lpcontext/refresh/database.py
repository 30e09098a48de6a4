"""The database, for the threads of a worker: two connections a process, however many accounts it keeps young.

Nobody waits for it: one that is silent, or away, stops no refresh.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.db import Error as DatabaseTrouble
from django.db import close_old_connections

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

# Their threads start with the first query. Django gives each a connection of its own; a write that waits for a lock
# keeps no query waiting.
_queries = ThreadPoolExecutor(1, thread_name_prefix="database queries")
_writes = ThreadPoolExecutor(1, thread_name_prefix="database writes")


def query_database(query: Callable[[], Answer]) -> Future[Answer]:
    """What it says, or what `query` raises, when it comes."""
    return _queries.submit(_run, query)


def write_to_database(write: Callable[[], object]) -> Future[None]:
    """Sooner or later, done when this is; a database that is away is named in the log, and forgotten."""
    return _writes.submit(_try_to_write, write)


def _run(query: Callable[[], Answer]) -> Answer:
    close_old_connections()
    return query()


def _try_to_write(write: Callable[[], object]) -> None:
    try:
        _run(write)
    except DatabaseTrouble:
        log.warning("the database is unreachable; an account's trouble was not written down")
