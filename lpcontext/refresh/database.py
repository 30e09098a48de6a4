"""The database, for the threads of a worker: two connections a process, however many accounts are tended.

Nobody waits for it: one that is silent, or away, stops no heartbeat.
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

# Their threads start with the first question. Django gives each a connection of its own; a note that waits for a lock
# keeps no question waiting.
_questions = ThreadPoolExecutor(1, thread_name_prefix="database questions")
_notes = ThreadPoolExecutor(1, thread_name_prefix="database notes")


def query_database(question: Callable[[], Answer]) -> Future[Answer]:
    """What it says, or what `question` raises, when it comes."""
    return _questions.submit(_ask, question)


def write_to_database(note: Callable[[], object]) -> Future[None]:
    """Sooner or later, done when this is; a database that is away is told of in the log, and forgotten."""
    return _notes.submit(_tell, note)


def _ask(question: Callable[[], Answer]) -> Answer:
    close_old_connections()
    return question()


def _tell(note: Callable[[], object]) -> None:
    try:
        _ask(note)
    except DatabaseTrouble:
        log.warning("the database is unreachable; an account's trouble was not written down")
