"""What a worker process does besides its shifts: prove that it lives, notify them, start those that are missing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from lpcontext.refresh.kinds import KIND_NAMES
from lpcontext.refresh.shift import Shift
from lpcontext.refresh.shift_starter import start_shift
from lpcontext.snapshots import (
    WORKER_LOCK,
    MemoryUnavailable,
    find_accounts_without_shift,
    name_of_account,
    renew_lock,
    renew_memory_start,
    subscribe_to_enqueued,
)

log = logging.getLogger(__name__)

_EVERY_SECONDS = 0.5
_ALIVE_SECONDS = 3.0
# The task that is asked for ends this; until one worker has room, more of them would only fill the broker.
_REPORT_AGAIN_MS = 30_000


class Worker:
    """One per process."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._shifts: dict[str, list[Shift]] = {}
        self._enqueued = subscribe_to_enqueued(on_account=self._notify)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Once the process takes tasks."""
        self._enqueued.start()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Shifts give back what they hold and end."""
        self._stopping.set()
        self._enqueued.stop()
        with self._lock:
            shifts = [shift for each in self._shifts.values() for shift in each]
        for shift in shifts:
            shift.notify()

    def run_shift(self, account_id: str, *, number: int) -> None:
        """Until nobody watches the account any more, another worker has its shift, or this one ends."""
        shift = Shift(account_id, number=number, stopping=self._stopping, start_shift=start_shift)
        with self._registered(account_id, shift):
            shift.run()

    @contextmanager
    def _registered(self, account_id: str, shift: Shift) -> Iterator[None]:
        account = name_of_account(account_id)
        with self._lock:
            self._shifts.setdefault(account, []).append(shift)
        try:
            yield
        finally:
            with self._lock:
                self._shifts[account].remove(shift)
                if not self._shifts[account]:
                    del self._shifts[account]

    def _notify(self, account: str) -> None:
        with self._lock:
            shifts = list(self._shifts.get(account, ()))
        for shift in shifts:
            shift.notify()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                renew_lock(WORKER_LOCK, seconds=_ALIVE_SECONDS)
                renew_memory_start()
                for account_id in find_accounts_without_shift(KIND_NAMES, again_ms=_REPORT_AGAIN_MS):
                    start_shift(account_id)
            except MemoryUnavailable:
                log.debug("memory is unreachable; this worker says again that it lives when it is back")
            self._stopping.wait(_EVERY_SECONDS)


@cache
def get_worker() -> Worker:
    """The one of this process."""
    return Worker()
