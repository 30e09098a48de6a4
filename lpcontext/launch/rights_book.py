"""What the rights behind this process' open panels are worth now, brought to it, so that a tick asks nobody.

A thread of its own reads the database: at once for a right nobody has ticked with lately and when a change is told,
else every twenty seconds. While the database is away its last word stands.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping

from django.db import Error as DatabaseTrouble
from django.db import close_old_connections

from lpcontext.accounts import Grant, Right, find_rights
from lpcontext.launch.confirming import grant_of
from lpcontext.launch.held_right import HeldRight, RightUnknown
from lpcontext.launch.model import Launch
from lpcontext.snapshots import subscribe_to_rights

log = logging.getLogger(__name__)

_PERIOD_SECONDS = 20.0
_RETRY_SECONDS = 1.0
# A tick waits so long for the first word on its right, and only while no reading has failed or hangs.
_PATIENCE_SECONDS = 2.0

ReadRights = Callable[[Collection[Grant]], Mapping[Grant, Right]]


class RightsBook:
    """One per web process. `read` raises django.db.Error where the database is away; `clock` tells seconds."""

    def __init__(
        self,
        *,
        read: ReadRights | None = None,
        period_seconds: float = _PERIOD_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read, self._period_seconds, self._clock = read or _read_database, period_seconds, clock
        self._held: dict[Grant, HeldRight] = {}
        self._line = subscribe_to_rights(on_change=self._hear)
        self._wake, self._stop = threading.Event(), threading.Event()
        self._told = threading.Condition()
        self._thread: threading.Thread | None = None
        self._news, self._is_lost = threading.Event(), False
        self._read_at = self._began_at = 0.0

    def hold(self, launch: Launch) -> HeldRight:
        """The right behind a launch; the same object for all panels of a grant."""
        grant = grant_of(launch)
        return self._held.setdefault(grant, HeldRight(grant))

    def find(self, held: HeldRight) -> Right:
        """What it is worth now; the usual tick finds it there. Raises RightUnknown."""
        held.was_asked = True
        return held.right or self._wait_for(held)

    def close(self) -> None:
        self._stop.set()
        self._wake.set()
        self._line.stop()

    def _wait_for(self, held: HeldRight) -> Right:
        self._start()
        with self._told:
            if not self._is_stuck():
                self._wake.set()
                self._told.wait_for(lambda: held.right is not None or self._is_lost, timeout=_PATIENCE_SECONDS)
        right = held.right
        if right is None:
            raise RightUnknown
        return right

    def _is_stuck(self) -> bool:
        """Threads that answer ticks are few: they do not wait for a database that is away."""
        hangs = self._began_at > 0 and self._clock() - self._began_at > _PATIENCE_SECONDS
        return self._is_lost or hangs

    def _hear(self) -> None:
        self._news.set()
        self._wake.set()

    def _start(self) -> None:
        """With the first tick, as a server may fork after loading us; and again where a fault of ours ended it."""
        with self._told:
            if self._thread is None:
                self._line.start()
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
                    self._look()
        finally:  # without this thread no right that ends would be heard of: nothing is shown until it reads again
            for held in list(self._held.values()):
                held.right = None
            self._set_lost(True)

    def _look(self) -> None:
        is_news = self._news.is_set()
        if is_news:
            self._news.clear()  # before the reading: what is told during it is read next time
        held = list(self._held.values())
        if self._clock() - self._read_at >= self._period_seconds:
            self._look_at_all(held)
        elif is_news or self._is_lost:
            self._learn([each for each in held if each.was_asked or each.right is not None])
        else:
            self._learn([each for each in held if each.was_asked and each.right is None])

    def _look_at_all(self, held: Collection[HeldRight]) -> None:
        """And forget what nobody has ticked with for a period: the next tick has it read anew."""
        asked = [each for each in held if each.was_asked]
        idle = [each for each in held if not each.was_asked]
        if not self._learn(asked):
            return
        self._read_at = self._clock()
        for each in asked:
            each.was_asked = False
        for each in idle:
            each.right = None

    def _learn(self, wanted: Collection[HeldRight]) -> bool:
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
        with self._told:
            self._is_lost, self._began_at = is_lost, 0.0
            self._told.notify_all()


def _read_database(grants: Collection[Grant]) -> Mapping[Grant, Right]:
    close_old_connections()
    return find_rights(grants)
