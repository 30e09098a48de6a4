"""What the rights behind this process' open panels are worth now, brought to it, so that a tick asks nobody.

A thread of its own reads the database: at once for a right nobody has ticked with lately and when a change is notified,
else every twenty seconds. While the database is away, what it said last stands.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping

from django.db import Error as DatabaseTrouble
from django.db import close_old_connections

from lpcontext.accounts.rights import Grant, Right, find_rights
from lpcontext.launch.cached_right import CachedRight, RightUnknown
from lpcontext.launch.model import Launch
from lpcontext.launch.rights import grant_of
from lpcontext.snapshots import subscribe_to_rights

log = logging.getLogger(__name__)

_PERIOD_SECONDS = 20.0
_RETRY_SECONDS = 1.0
# A tick waits so long for the first reading of its right, and only while no reading has failed or hangs.
_PATIENCE_SECONDS = 2.0

ReadRights = Callable[[Collection[Grant]], Mapping[Grant, Right]]


class RightsCache:
    """One per web process. `read` raises django.db.Error where the database is away; `clock` gives seconds."""

    def __init__(
        self,
        *,
        read: ReadRights | None = None,
        period_seconds: float = _PERIOD_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read, self._period_seconds, self._clock = read or _read_database, period_seconds, clock
        self._cached: dict[Grant, CachedRight] = {}
        self._subscription = subscribe_to_rights(on_change=self._on_notified)
        self._wake, self._stop = threading.Event(), threading.Event()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._notified, self._is_lost = threading.Event(), False
        self._read_at = self._began_at = 0.0

    def find_cached(self, launch: Launch) -> CachedRight:
        """The right behind a launch; the same object for all panels of a grant."""
        grant = grant_of(launch)
        return self._cached.setdefault(grant, CachedRight(grant))

    def find(self, cached: CachedRight) -> Right:
        """What it is worth now; the usual tick finds it there. Raises RightUnknown."""
        cached.is_in_use = True
        return cached.right or self._wait_for(cached)

    def close(self) -> None:
        self._stop.set()
        self._wake.set()
        self._subscription.stop()

    def _wait_for(self, cached: CachedRight) -> Right:
        self._start()
        with self._changed:
            if not self._is_stuck():
                self._wake.set()
                self._changed.wait_for(lambda: cached.right is not None or self._is_lost, timeout=_PATIENCE_SECONDS)
        right = cached.right
        if right is None:
            raise RightUnknown
        return right

    def _is_stuck(self) -> bool:
        """Threads that answer ticks are few: they do not wait for a database that is away."""
        hangs = self._began_at > 0 and self._clock() - self._began_at > _PATIENCE_SECONDS
        return self._is_lost or hangs

    def _on_notified(self) -> None:
        self._notified.set()
        self._wake.set()

    def _start(self) -> None:
        """With the first tick, as a server may fork after loading us; and again where a fault of ours ended it."""
        with self._changed:
            if self._thread is None:
                self._subscription.start()
            if self._thread is None or not self._thread.is_alive():
                self._read_at = self._clock()
                self._thread = threading.Thread(target=self._run, name="rights", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                left = self._read_at + self._period_seconds - self._clock()
                self._wake.wait(_RETRY_SECONDS if self._is_lost else max(0.0, left))
                self._wake.clear()
                if not self._stop.is_set():
                    self._update()
        finally:  # without this thread no right that ends would be heard of: nothing is shown until it reads again
            for cached in list(self._cached.values()):
                cached.right = None
            self._set_lost(True)

    def _update(self) -> None:
        is_notified = self._notified.is_set()
        if is_notified:
            self._notified.clear()  # before the reading: what is notified during it is read next time
        cached = list(self._cached.values())
        if self._clock() - self._read_at >= self._period_seconds:
            self._update_all(cached)
        elif is_notified or self._is_lost:
            self._read_into([each for each in cached if each.is_in_use or each.right is not None])
        else:
            self._read_into([each for each in cached if each.is_in_use and each.right is None])

    def _update_all(self, cached: Collection[CachedRight]) -> None:
        """And forget what nobody has ticked with for a period: the next tick has it read anew."""
        in_use = [each for each in cached if each.is_in_use]
        idle = [each for each in cached if not each.is_in_use]
        if not self._read_into(in_use):
            return
        self._read_at = self._clock()
        for each in in_use:
            each.is_in_use = False
        for each in idle:
            each.right = None

    def _read_into(self, wanted: Collection[CachedRight]) -> bool:
        """False where the database is away."""
        self._began_at = self._clock()
        try:
            rights = self._read([each.grant for each in wanted]) if wanted else {}
        except DatabaseTrouble:
            log.warning("the database is unreachable; panels go on with the rights it told last")
            self._set_lost(True)
            return False
        for each in wanted:
            each.right = rights[each.grant]
        self._set_lost(False)
        return True

    def _set_lost(self, is_lost: bool) -> None:
        with self._changed:
            self._is_lost, self._began_at = is_lost, 0.0
            self._changed.notify_all()


def _read_database(grants: Collection[Grant]) -> Mapping[Grant, Right]:
    close_old_connections()
    return find_rights(grants)
