"""The account's client, as a shift holds it: looked after twice a second, and never waited for."""

from __future__ import annotations

import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet

from django.db import Error as DatabaseTrouble

from lpcontext.connections import NoClient, find_client
from lpcontext.liveperson import LivePersonClient
from lpcontext.refresh.database import query_database
from lpcontext.snapshots import MemoryUnavailable

# New credentials are in use within two seconds.
_EVERY_SECONDS = 0.5
# The first answer is worth a short wait: a cold look should not cost a whole turn more.
_FIRST_SECONDS = 0.05


class ClientCheck:
    """What is known stays in use while the database, or memory, does not answer."""

    def __init__(self, account_id: str) -> None:
        self._account_id = account_id
        self._known: LivePersonClient | NoClient | None = None
        self._asked: Future[LivePersonClient] | None = None
        self._asked_at = 0.0

    def find(self) -> LivePersonClient | NoClient | None:
        """None while nothing is known yet."""
        now = time.monotonic()
        if self._asked is None and (self._known is None or now - self._asked_at > _EVERY_SECONDS):
            self._asked, self._asked_at = query_database(lambda: find_client(self._account_id)), now
        if self._asked is not None:
            self._take(self._asked)
        return self._known

    def _take(self, asked: Future[LivePersonClient]) -> None:
        """What was found, if it is there; what went wrong is asked again."""
        try:
            self._known = asked.result(timeout=_FIRST_SECONDS if self._known is None else 0)
        except NotYet:
            return
        except NoClient as none:
            self._known = none
        except (DatabaseTrouble, MemoryUnavailable):
            self._asked_at = time.monotonic()  # what is known stays in use meanwhile
        self._asked = None
