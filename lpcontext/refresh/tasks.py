"""Celery's door into the heartbeat. Keyword arguments only, unknown ones ignored: old and new workers may overlap."""

from __future__ import annotations

import logging
import time

from celery import shared_task
from django.conf import settings

from lpcontext.refresh.asking import ask_for, ask_mark, look_at, open_subject
from lpcontext.refresh.chat_asking import ROUND_PURPOSE, ask_for_round, chat_interval_ms, round_mark, round_name
from lpcontext.refresh.factory import NoClient, find_client, keep_logins_in_use
from lpcontext.refresh.once import refresh_once
from lpcontext.refresh.rounds import find_due_chats, run_round
from lpcontext.refresh.trouble import fail_without_client, note_outcome, note_round, settle_no_client
from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots import (
    MemoryUnavailable,
    Vitals,
    drop_mark,
    find_held,
    find_held_chat,
    find_vitals,
    is_watched,
    keep_mark,
    keep_vitals,
    name_of,
    take_mark,
)
from lpcontext.subjects import VisitKey

log = logging.getLogger(__name__)

WORKER_MARK = "worker"
# Longer than the slowest refresh: domain look-up, log-in and visit, each at its time-out.
_FLIGHT_SECONDS = 150


def now_ms() -> int:
    return time.time_ns() // 1_000_000


@shared_task(name="lpcontext.refresh_visit", ignore_result=True)
def refresh_visit(*, subject: str, due_ms: int, **_: object) -> None:
    """Refresh a visit that was due at `due_ms` (epoch ms), if it still is and somebody watches."""
    try:
        _refresh_if_due(open_subject(subject), due_ms=due_ms)
    except SealBroken:
        log.warning("a task was sealed with a key that is no longer in the list; dropped")
    except MemoryUnavailable:
        log.warning("memory is unreachable; a refresh was left out")


def _refresh_if_due(key: VisitKey, *, due_ms: int) -> None:
    name = name_of(key)
    found = find_held(name)
    if found is None or not _is_due(found[0], due_ms=due_ms) or not is_watched(name):
        drop_mark(ask_mark(name, due_ms))  # whoever looks next may ask for the same due time again
        return
    if not take_mark(f"flight:{name}", seconds=_FLIGHT_SECONDS):
        return
    try:
        vitals = _refresh(key, name)
    finally:
        drop_mark(f"flight:{name}")
    if vitals.due_ms is not None and is_watched(name):
        ask_for(key, due_ms=vitals.due_ms, now_ms=now_ms())


def _is_due(vitals: Vitals, *, due_ms: int) -> bool:
    """False when another task has refreshed it since, or nothing is due any more."""
    return vitals.due_ms is not None and vitals.due_ms <= due_ms


def _refresh(key: VisitKey, name: str) -> Vitals:
    try:
        client = find_client(key.account_id)
    except NoClient as error:
        vitals, held = find_held(name) or (Vitals(state="waiting", first_seen_ms=now_ms()), None)
        return settle_no_client(name, vitals, held, account_id=key.account_id, trouble=error.trouble, now_ms=now_ms())
    vitals = refresh_once(key, client=client, now=now_ms, interval_ms=int(settings.REFRESH_SECONDS * 1000))
    note_outcome(key.account_id, vitals, now_ms=now_ms())
    return vitals


@shared_task(name="lpcontext.refresh_chats", ignore_result=True)
def refresh_chats(*, account: str, due_ms: int, **_: object) -> None:
    """Refresh the watched chats of an account, a round that was due at `due_ms` (epoch ms)."""
    try:
        account_id = get_sealer().open_text(account, purpose=ROUND_PURPOSE).decode()
        _run_round_if_due(account_id, due_ms=due_ms)
    except SealBroken:
        log.warning("a task was sealed with a key that is no longer in the list; dropped")
    except MemoryUnavailable:
        log.warning("memory is unreachable; a round of chats was left out")


def _run_round_if_due(account_id: str, *, due_ms: int) -> None:
    name = round_name(account_id)
    drop_mark(round_mark(account_id, due_ms))
    last = find_vitals(name)
    if last and last.due_ms and last.due_ms > now_ms():
        ask_for_round(account_id, wanted_ms=last.due_ms, now_ms=now_ms())
        return
    if not take_mark(f"flight:{name}", seconds=_FLIGHT_SECONDS):
        return
    try:
        wanted = _run_round(account_id, name)
    finally:
        drop_mark(f"flight:{name}")
    if wanted:
        ask_for_round(account_id, wanted_ms=min(wanted), now_ms=now_ms())


def _run_round(account_id: str, name: str) -> list[int]:
    """Returns when the account's chats will be due again."""
    started_ms = now_ms()
    due, later = find_due_chats(account_id, now_ms=started_ms)
    if not due:
        return later
    keep_vitals(name, Vitals(state="live", first_seen_ms=started_ms, due_ms=started_ms + chat_interval_ms()))
    try:
        client = find_client(account_id)
    except NoClient as error:
        return later + [v.due_ms for chat in due if (v := fail_without_client(chat, error, now_ms=now_ms())).due_ms]
    settled = run_round(account_id, due, client=client, now=now_ms, interval_ms=chat_interval_ms())
    note_round(account_id, settled)
    for chat in due:
        _wake_visit(chat.name)
    return later + [vitals.due_ms for vitals in settled if vitals.due_ms is not None]


def _wake_visit(chat_name: str) -> None:
    """Whoever watches a chat watches its visit: the first answer that tells it starts the visit's own heartbeat."""
    found = find_held_chat(chat_name)
    if found and found[1] and found[1].visit:
        look_at(found[1].visit, now_ms=now_ms())


@shared_task(name="lpcontext.keep_logins", ignore_result=True)
def keep_logins(**_: object) -> None:
    """Every half minute: say that a worker lives, and refresh log-ins five minutes old (contract 2.2)."""
    try:
        keep_mark(WORKER_MARK, seconds=95)
        keep_logins_in_use()
    except MemoryUnavailable:
        log.warning("memory is unreachable; log-ins were not kept")
