"""A shift: one worker keeps the watched subjects of one account young, until its last watcher has gone.

It holds a short lease, and in a loop claims what is due, many at a time, asks LivePerson, keeps the answers and queues
each subject again. Whatever goes wrong in memory meanwhile, it goes on when memory is back.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable

from lpcontext.refresh.alerts import Alerts
from lpcontext.refresh.client_check import ClientCheck
from lpcontext.refresh.consumer import QueueConsumer
from lpcontext.refresh.kinds import KIND_NAMES, KINDS
from lpcontext.snapshots import (
    MemoryUnavailable,
    count_waiting,
    name_of_account,
    release_lease,
    request_shift,
    sweep_queues,
    take_lease,
)

log = logging.getLogger(__name__)

LEASE_MS = 3_000
_LEASE_EVERY_SECONDS = 0.5
# Many answers are kept in one go: the loop turns no faster than this, but for somebody who waits.
_TURN_SECONDS = 0.1
_LONGEST_REST_SECONDS = 0.5
_AGAIN_SECONDS = 0.25
_IDLE_SECONDS = 2.0
_LAST_CALLS_SECONDS = 3.0
# One shift's calls are bounded; an account with more subjects than this has another.
_SUBJECTS_PER_SHIFT = 250
_MOST_SHIFTS = 16
_REQUEST_AGAIN_MS = 5_000

StartShift = Callable[[str, int], None]


class Shift:
    """`stopping` is set when the worker is to end. `number` counts from 0; large accounts have several shifts.

    `start_shift` starts another shift of this account, by account id and number.
    """

    def __init__(self, account_id: str, *, number: int, stopping: threading.Event, start_shift: StartShift) -> None:
        self._account_id, self._account, self._number = account_id, name_of_account(account_id), number
        self._owner, self._stopping, self._start_shift = secrets.token_hex(8), stopping, start_shift
        self._notified, self._urgent = threading.Event(), threading.Event()
        alerts = Alerts(account_id)
        self._consumers = [
            QueueConsumer(kind, account_id, owner=self._owner, alerts=alerts, notify=self._note_call_result)
            for kind in KINDS
        ]
        self._clients = ClientCheck(account_id)
        self._leased_at = 0.0
        self._busy_at = time.monotonic()

    def notify(self) -> None:
        """Something is due at once: somebody looks at a new subject, or is in a hurry. From any thread."""
        self._check_soon()
        self._note_call_result(True)

    def _check_soon(self) -> None:
        for consumer in self._consumers:
            consumer.check_soon()

    def run(self) -> None:
        """Until nobody watches any more, another has the lease, or the worker ends."""
        while not self._stopping.is_set():
            turned_at = time.monotonic()
            try:
                if not self._has_lease(turned_at):
                    break
                self._turn()
                if self._may_end() and self._leave():
                    return
                self._rest(turned_at)
            except MemoryUnavailable:
                self._check_soon()  # what was on its way when it broke is not known to be done
                self._stopping.wait(_AGAIN_SECONDS)
        self._end()

    def _turn(self) -> None:
        """Claim, fetch, keep. Raises MemoryUnavailable."""
        client = self._clients.find()
        if client is not None:
            for consumer in self._consumers:
                consumer.run_turn(client)

    def _may_end(self) -> bool:
        """Nobody has watched for a while, and nothing is on its way."""
        is_idle = time.monotonic() - self._busy_at > _IDLE_SECONDS
        return is_idle and not any(consumer.is_busy for consumer in self._consumers)

    def _leave(self) -> bool:
        """False where somebody came in the last moment: the first shift stays for them. Raises MemoryUnavailable."""
        waited_for = KIND_NAMES if self._number == 0 else ()
        return release_lease(self._account, self._number, owner=self._owner, kinds=waited_for)

    def _has_lease(self, now: float) -> bool:
        """Raises MemoryUnavailable."""
        if now - self._leased_at < _LEASE_EVERY_SECONDS:
            return True
        if not take_lease(self._account, self._number, owner=self._owner, lease_ms=LEASE_MS):
            return False
        self._leased_at = now
        self._check_shifts(now)
        return True

    def _check_shifts(self, now: float) -> None:
        """Are we needed, and are we enough? Was a message missed? Raises MemoryUnavailable."""
        self._check_soon()
        sweep_or_count = sweep_queues if self._number == 0 else count_waiting
        waiting = sweep_or_count(self._account, KIND_NAMES)
        shifts = min(_MOST_SHIFTS, 1 + waiting // _SUBJECTS_PER_SHIFT)
        if (waiting and self._number < shifts) or any(consumer.is_busy for consumer in self._consumers):
            self._busy_at = now
        if self._number == 0:
            for number in range(1, shifts):
                if request_shift(self._account, number, again_ms=_REQUEST_AGAIN_MS):
                    self._start_shift(self._account_id, number)

    def _rest(self, turned_at: float) -> None:
        """Until something is due or has come back; a little, at least, unless somebody waits."""
        soonest = min([_LONGEST_REST_SECONDS, *(consumer.seconds_to_next() for consumer in self._consumers)])
        self._notified.wait(max(0.0, soonest))
        self._urgent.wait(max(0.0, turned_at + _TURN_SECONDS - time.monotonic()))
        self._notified.clear()
        self._urgent.clear()

    def _note_call_result(self, somebody_waits: bool) -> None:
        if somebody_waits:
            self._urgent.set()
        self._notified.set()

    def _end(self) -> None:
        """Keep what still comes back, give back the rest, and give back the lease."""
        deadline = time.monotonic() + _LAST_CALLS_SECONDS
        try:
            while any(consumer.is_busy for consumer in self._consumers) and time.monotonic() < deadline:
                self._notified.wait(0.05)
                self._notified.clear()
                for consumer in self._consumers:
                    consumer.keep_results()
                    consumer.renew()
            for consumer in self._consumers:
                consumer.close()
            release_lease(self._account, self._number, owner=self._owner)
        except MemoryUnavailable:
            log.warning("memory is unreachable at the end of a shift; its claims and lease lapse by themselves")
