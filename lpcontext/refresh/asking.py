"""Ask for a refresh: one per subject and due time, on all machines together."""

from __future__ import annotations

import logging

import kombu.exceptions
import msgspec
from celery import Task
from django.conf import settings

from lpcontext.sealing import get_sealer
from lpcontext.snapshots import Vitals, count, drop_mark, keep_vitals, name_of, take_mark, watch
from lpcontext.subjects import VisitKey

log = logging.getLogger(__name__)

TASK_PURPOSE = "task"
# The worker is on its way; only later than this does a look ask again.
_GRACE_MS = 500
# A due refresh that no worker did within this time is asked for anew.
LOST_AFTER_MS = 5_000
# However often an agent presses "refresh now", LivePerson is not asked more often than this.
HURRY_MS = 1_000


def look_at(key: VisitKey, *, now_ms: int, hurry: bool = False) -> Vitals:
    """Somebody looks at this visit: keep it young. Returns what is known. Raises MemoryUnavailable.

    The worker asks for the next refresh by itself while somebody watches; a look asks only for a first one, one in a
    hurry, and one that nobody did.
    """
    name = name_of(key)
    vitals = watch(name, now_ms=now_ms, watch_ms=watch_ms())
    if vitals is None:
        vitals = Vitals(
            state="waiting", version="waiting", first_seen_ms=now_ms, due_ms=now_ms, interval_ms=_interval_ms()
        )
        keep_vitals(name, vitals)
        ask_for(key, due_ms=now_ms, now_ms=now_ms)
    elif hurry:
        vitals = _hurry(key, name, vitals, now_ms=now_ms)
    elif vitals.due_ms is not None and is_overdue(vitals, now_ms=now_ms):
        ask_for(key, due_ms=vitals.due_ms, now_ms=now_ms)
    return vitals


def is_overdue(vitals: Vitals, *, now_ms: int) -> bool:
    """Should have been refreshed by now: the worker that was to do it has gone."""
    return vitals.due_ms is not None and vitals.due_ms + _GRACE_MS <= now_ms


def ask_for(key: VisitKey, *, due_ms: int, now_ms: int) -> bool:
    """Send the task that refreshes this visit at `due_ms`, unless somebody has. Raises MemoryUnavailable."""
    ahead_ms = max(0, due_ms - now_ms)
    mark = ask_mark(name_of(key), due_ms)
    if not take_mark(mark, seconds=(ahead_ms + LOST_AFTER_MS) / 1000):
        return False
    from lpcontext.refresh.tasks import refresh_visit

    sent = send_task(refresh_visit, {"subject": seal_subject(key), "due_ms": due_ms}, ahead_ms=ahead_ms)
    if not sent:
        drop_mark(mark)
    return sent


def send_task(task: Task[..., None], told: dict[str, object], *, ahead_ms: int) -> bool:
    """False when the broker does not take it; the next tick then asks again."""
    ahead = max(0, ahead_ms) / 1000
    try:
        task.apply_async(kwargs=told, countdown=ahead, expires=ahead + 60, retry=False)
    except kombu.exceptions.OperationalError:
        count("asks_lost")
        log.warning("the broker does not take tasks; the next tick asks again")
        return False
    return True


def ask_mark(name: str, due_ms: int) -> str:
    return f"ask:{name}:{due_ms}"


def seal_subject(key: VisitKey) -> str:
    """Task arguments lie in the broker: sealed, so that a dump of it tells no ids."""
    return get_sealer().seal_text(msgspec.msgpack.encode(key), purpose=TASK_PURPOSE)


def open_subject(subject: str) -> VisitKey:
    """Raises SealBroken."""
    return msgspec.msgpack.decode(get_sealer().open_text(subject, purpose=TASK_PURPOSE), type=VisitKey)


def watch_ms() -> int:
    """How long one look keeps the heartbeat going: a panel in view ticks at least every ten seconds."""
    return int(max(12_000, 2.5 * settings.REFRESH_SECONDS * 1000))


def _hurry(key: VisitKey, name: str, vitals: Vitals, *, now_ms: int) -> Vitals:
    """An agent wants it now. Settled troubles are asked again too: ids may be mended, accounts put right."""
    earliest_ms = max(now_ms, (vitals.as_of_ms or 0) + HURRY_MS)
    if vitals.due_ms is None or vitals.due_ms > earliest_ms:
        vitals = msgspec.structs.replace(vitals, due_ms=earliest_ms)
        keep_vitals(name, vitals)
    ask_for(key, due_ms=earliest_ms, now_ms=now_ms)
    return vitals


def _interval_ms() -> int:
    return int(settings.REFRESH_SECONDS * 1000)
