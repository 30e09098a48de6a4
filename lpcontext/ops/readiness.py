"""Can this installation answer a look afresh? A database, memory that can be written and a worker, each in one word."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import Error as DatabaseTrouble
from django.db import connection

from lpcontext.snapshots import WORKER_LOCK, MemoryUnavailable, lock_is_held, renew_lock

# Written to see whether it can be; nobody reads it.
WRITE_TEST = "probe"


@dataclass(frozen=True, slots=True)
class Readiness:
    """Which parts answer."""

    database: bool
    memory: bool
    worker: bool

    @property
    def is_ready(self) -> bool:
        return self.database and self.memory and self.worker

    def parts(self) -> dict[str, bool]:
        return asdict(self)

    def words(self) -> dict[str, str]:
        """For /readyz: words only, nothing that helps an attacker draw a map."""
        words = {part: "ok" if is_up else "down" for part, is_up in self.parts().items()}
        return {"status": "ready" if self.is_ready else "not ready", **words}


def read_readiness() -> Readiness:
    """Asks each part, now."""
    return Readiness(database=_database_answers(), memory=_memory_takes_writes(), worker=_worker_is_alive())


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseTrouble:
        # The next request must open a connection of its own, or one restart of the database would be seen for ever.
        connection.close()
        return False
    return True


def _memory_takes_writes() -> bool:
    """A replica, a full memory and one that still loads answer a PING and refuse everything a look has to keep."""
    try:
        renew_lock(WRITE_TEST, seconds=1)
    except MemoryUnavailable:
        return False
    return True


def _worker_is_alive() -> bool:
    try:
        return lock_is_held(WORKER_LOCK)
    except MemoryUnavailable:
        return False
