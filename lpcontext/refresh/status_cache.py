"""The statuses of all subjects watched from this process, brought to it as workers write them.

So the usual tick asks Redis nothing. That a panel ticked, so that somebody watches, goes to memory once a second
for all of them. A status is believed only while the subscription it comes over is live; without it, each tick asks
memory.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence

from lpcontext.refresh.scheduling import view_subject
from lpcontext.refresh.subject_view import SubjectView
from lpcontext.refresh.timing import watch_ms
from lpcontext.refresh.watch_reports import WatchedSubject, report_watches
from lpcontext.snapshots import (
    KEEP_AT_MOST_MS,
    MemoryUnavailable,
    SubjectStatus,
    memory_now_ms,
    subscribe_to_changes,
)

log = logging.getLogger(__name__)

_REPORT_SECONDS = 1.0
# And never sooner than two watches are over.
_FORGET_SECONDS = 60.0
_PRUNE_SECONDS = 10.0

Statuses = dict[str, SubjectStatus | None]


class StatusCache:
    """One per web process."""

    def __init__(self) -> None:
        self._statuses: Statuses = {}
        self._ticks: dict[str, tuple[WatchedSubject, float]] = {}
        self._reported_at = self._pruned_at = 0.0
        # A watch is reported a little later than it is set here.
        self._lasting_seconds = watch_ms() / 1000 - 2 * _REPORT_SECONDS
        self._changes = subscribe_to_changes(on_change=self._note_change, on_loss=self._forget_all)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def is_current(self, watched: WatchedSubject, view: SubjectView) -> bool:
        """Nothing newer is known than this view shows. Somebody watches it still: the usual tick asks no more."""
        statuses, own = self._statuses, view.own
        if own is None:
            is_same = view.visit is not None and statuses.get(view.name) is view.visit
        else:
            is_same = statuses.get(view.name) is own and view.visit_name == own.related
            is_same = is_same and statuses.get(view.visit_name) is view.visit
        if not is_same or not self._is_watched(watched):
            return False
        self._note_tick(watched)
        return True

    def view(self, watched: WatchedSubject, *, in_a_hurry: bool = False) -> tuple[SubjectView, bool]:
        """What is known of the subject; somebody watches it. True: this look has read memory itself, as the first does,
        one after a long rest, and one in a hurry. Raises MemoryUnavailable.
        """
        view = self._find(watched) if not in_a_hurry and self._is_watched(watched) else None
        is_read = view is None
        view = view or self._read(watched, in_a_hurry=in_a_hurry)
        self._note_tick(watched)
        return view, is_read

    def close(self) -> None:
        """Its threads end within a second or so."""
        self._stop.set()
        self._changes.stop()

    def _is_watched(self, watched: WatchedSubject) -> bool:
        """A panel here ticked for it so lately that its watch lasts: a worker sees to it, and changes reach us."""
        ticked = self._ticks.get(watched.name)
        return ticked is not None and time.monotonic() - ticked[1] < self._lasting_seconds and self._changes.is_live

    def _note_tick(self, watched: WatchedSubject) -> None:
        self._ticks[watched.name] = watched, time.monotonic()

    def _find(self, watched: WatchedSubject) -> SubjectView | None:
        """From what was brought here; None where that is not all. Raises MemoryUnavailable."""
        status = self._find_young(watched.name)
        if status is None:
            return None
        visit = self._find_young(status.related) if status.related else None
        if status.related and visit is None:
            return None
        return SubjectView.of(watched.name, watched.kind, status, visit)

    def _find_young(self, name: str) -> SubjectStatus | None:
        """One that may still be shown. Raises MemoryUnavailable."""
        status = self._statuses.get(name)
        return None if status is None or memory_now_ms() - status.first_seen_ms > KEEP_AT_MOST_MS else status

    def _read(self, watched: WatchedSubject, *, in_a_hurry: bool) -> SubjectView:
        """From memory. What is brought here meanwhile may be newer than what is read.

        Where no subscription was live before the reading, or it is lost since, nothing is kept: changes may have
        passed us by.
        """
        self._start()
        statuses = self._statuses  # before we look at the subscription: with its loss these are forgotten
        if not self._changes.is_live:
            statuses = {}
        before = statuses.setdefault(watched.name, None)
        view = view_subject(watched.subject, in_a_hurry=in_a_hurry)
        if view.own is None:
            return view._replace(visit=self._keep(statuses, view.name, view.visit, before=before))
        own = self._keep(statuses, view.name, view.own, before=before)
        visit_before = statuses.get(view.visit_name)
        visit = self._keep(statuses, view.visit_name, view.visit, before=visit_before) if view.visit_name else None
        return view._replace(own=own, visit=visit)

    def _keep(
        self, statuses: Statuses, name: str, status: SubjectStatus | None, *, before: SubjectStatus | None
    ) -> SubjectStatus | None:
        """What was read, unless something later, or of another beginning, came meanwhile.

        What was not subscribed to when it was read is read once more.
        """
        with self._lock:
            held = statuses.get(name)
            if status is not None and held is not None:
                is_another = held is not before and held.first_seen_ms != status.first_seen_ms
                if is_another or held.is_later_than(status):
                    return held
            statuses[name] = status if name in statuses else None
            return status

    def _note_change(self, name: str, status: SubjectStatus) -> None:
        """What is written comes in its order, but a look that read memory meanwhile may be ahead of it."""
        if name in self._statuses:
            with self._lock:
                held = self._statuses.get(name)
                if held is None or not held.is_later_than(status):
                    self._statuses[name] = status

    def _forget_all(self) -> None:
        self._statuses = {}

    def _start(self) -> None:
        """With the first panel: a server may fork after it has loaded us."""
        if self._thread is not None:
            return
        with self._lock:
            if self._thread is None:
                self._changes.start()
                self._thread = threading.Thread(target=self._report_watches, name="watches", daemon=True)
                self._thread.start()

    def _report_watches(self) -> None:
        while not self._stop.wait(_REPORT_SECONDS):
            reported_at, now = self._reported_at, time.monotonic()
            ticks = list(self._ticks.values())  # panels go on ticking in other threads
            try:
                ticked = (watched for watched, at in ticks if at >= reported_at)
                for missing in report_watches(ticked, find_related=self._find_related):
                    self._doubt(missing)
                self._reported_at = now
            except MemoryUnavailable:
                self._forget_all()
            except Exception as fault:  # a fault of ours: named without its words, and no reason to watch no more
                log.error("watches could not be told by a fault of ours: %s", type(fault).__name__)
            if now - self._pruned_at > _PRUNE_SECONDS:
                self._prune(ticks, now=now)
                self._pruned_at = now

    def _find_related(self, name: str) -> str:
        status = self._statuses.get(name)
        return status.related if status is not None else ""

    def _doubt(self, name: str) -> None:
        """It waits in no queue: as it should where it is over; else memory has lost it, and a tick asks anew."""
        status = self._statuses.get(name)
        if status is not None and status.due_ms is not None:
            self._statuses.pop(name, None)

    def _prune(self, ticks: Sequence[tuple[WatchedSubject, float]], *, now: float) -> None:
        """What nobody watches from here any more, and what stood behind it."""
        behind = {status.related for status in list(self._statuses.values()) if status is not None}
        for watched, at in ticks:
            if now - at > max(_FORGET_SECONDS, 2 * self._lasting_seconds):
                self._ticks.pop(watched.name, None)
        for name in [name for name in list(self._statuses) if name not in self._ticks and name not in behind]:
            self._statuses.pop(name, None)
