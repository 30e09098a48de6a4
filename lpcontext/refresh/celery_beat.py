"""Celery beat, for what must happen now and then whoever watches."""

from __future__ import annotations

from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry

from lpcontext.snapshots import WORKER_LOCK, MemoryUnavailable, lock_is_held


class WorkerAwareScheduler(PersistentScheduler):
    """Sends nothing while no worker lives: what nobody takes would pile up in the broker."""

    def apply_async(self, entry: ScheduleEntry, *args: Any, **options: Any) -> Any:
        try:
            if not lock_is_held(WORKER_LOCK):
                return None
        except MemoryUnavailable:
            return None
        return super().apply_async(entry, *args, **options)
