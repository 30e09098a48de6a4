"""Start a shift: a task for whichever worker is free first. Whoever asks never waits for the broker."""

from __future__ import annotations

import logging
import queue
import threading

from celery import current_app

from lpcontext.sealing import get_sealer
from lpcontext.snapshots import MemoryUnavailable, cancel_shift_request, count, name_of_account
from lpcontext.snapshots.broker import BROKER_ERRORS

log = logging.getLogger(__name__)

# By name: the task itself stands above, for it runs the worker.
SHIFT_TASK = "lpcontext.run_shift"
TASK_PURPOSE = "shift"
# A request that no worker has taken by then is no news any more: whoever still looks has made another.
_EXPIRES_SECONDS = 60


class ShiftStarter:
    """A thread of its own speaks to the broker: one that is silent holds up nobody but this thread."""

    def __init__(self) -> None:
        self._wanted: queue.SimpleQueue[tuple[str, int]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start_soon(self, account_id: str, number: int) -> None:
        """Returns at once; whoever calls holds the request for this shift, which is cancelled if it cannot be sent."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="shift starter", daemon=True)
                self._thread.start()
        self._wanted.put((account_id, number))

    def _run(self) -> None:
        while True:
            account_id, number = self._wanted.get()
            if not _send_shift(account_id, number):
                try:
                    cancel_shift_request(name_of_account(account_id), number)
                except MemoryUnavailable:
                    log.warning("memory is unreachable; a shift is asked for again when it is back")


_starter = ShiftStarter()


def start_shift(account_id: str, number: int = 0) -> None:
    """Somebody looks, and no shift runs; or one is not enough."""
    _starter.start_soon(account_id, number)


def _send_shift(account_id: str, number: int) -> bool:
    """False when the broker does not take it: the next look, or any worker, asks again."""
    sealed = get_sealer().seal_text(account_id.encode(), purpose=TASK_PURPOSE)
    try:
        current_app.send_task(
            SHIFT_TASK,
            kwargs={"account": sealed, "seat": number},
            expires=_EXPIRES_SECONDS,
            retry=False,
            ignore_result=True,
        )
    except BROKER_ERRORS:
        count("asks_lost")
        log.warning("the broker does not take tasks; a shift is asked for again")
        return False
    return True
