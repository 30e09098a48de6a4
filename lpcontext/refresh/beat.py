"""Beat, for what must happen now and then whoever watches."""

from __future__ import annotations

from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry

from lpcontext.snapshots import WORKER_MARK, MemoryUnavailable, mark_is_set


class QuietScheduler(PersistentScheduler):
    """Sends nothing while no worker lives: what nobody takes would pile up in the broker."""

    def apply_async(self, entry: ScheduleEntry, *args: Any, **options: Any) -> Any:
        try:
            if not mark_is_set(WORKER_MARK):
                return None
        except MemoryUnavailable:
            return None
        return super().apply_async(entry, *args, **options)
