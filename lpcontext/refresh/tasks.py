"""Celery's tasks. Keyword arguments only, unknown ones ignored: old and new workers may overlap."""

from __future__ import annotations

import logging

from celery import shared_task

from lpcontext.connections import keep_logins_in_use
from lpcontext.refresh.shift_starter import SHIFT_TASK, TASK_PURPOSE
from lpcontext.refresh.worker import get_worker
from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots import MemoryUnavailable

log = logging.getLogger(__name__)


@shared_task(name=SHIFT_TASK, ignore_result=True)
def run_shift(*, account: str, seat: int = 0, **_: object) -> None:
    """Keep an account young until nobody watches it any more; over at once where another worker has its shift.

    `seat` is the shift's number, under the name that messages of older processes have for it.
    """
    try:
        account_id = get_sealer().open_text(account, purpose=TASK_PURPOSE).decode()
    except SealBroken:
        log.warning("a task was sealed with a key that is no longer in the list; dropped")
        return
    get_worker().run_shift(account_id, number=seat)


@shared_task(name="lpcontext.keep_logins", ignore_result=True)
def keep_logins(**_: object) -> None:
    """Every half minute: refresh log-ins five minutes old (contract 2.2)."""
    try:
        keep_logins_in_use()
    except MemoryUnavailable:
        log.warning("memory is unreachable; log-ins were not kept")
