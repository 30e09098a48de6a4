"""Ask for a round: all due chats of one account at once, never sooner than the interval after the last round.

LivePerson wants chats polled no faster than every 2 s (contract 7.8), and offers one call for several (7.11): so the
heartbeat of chats is the account's, not the chat's.
"""

from __future__ import annotations

from django.conf import settings
from msgspec.structs import replace

from lpcontext.refresh.asking import HURRY_MS, LOST_AFTER_MS, is_overdue, send_task, watch_ms
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import (
    Vitals,
    drop_mark,
    enlist,
    find_vitals,
    keep_vitals,
    name_of_chat,
    take_mark,
    watch_with_link,
)
from lpcontext.subjects import ChatKey

ROUND_PURPOSE = "round"


def look_at_chat(key: ChatKey, *, now_ms: int, hurry: bool = False) -> tuple[Vitals, str]:
    """Somebody looks at this chat: keep it young. What is known, and its visit's name. Raises MemoryUnavailable."""
    name = name_of_chat(key)
    vitals, visit_name = watch_with_link(name, now_ms=now_ms, watch_ms=watch_ms())
    if vitals is None:
        vitals = Vitals(
            state="waiting", version="waiting", first_seen_ms=now_ms, due_ms=now_ms, interval_ms=chat_interval_ms()
        )
        keep_vitals(name, vitals)
    elif hurry and (vitals.due_ms is None or vitals.due_ms > now_ms + HURRY_MS):
        vitals = replace(vitals, due_ms=max(now_ms, (vitals.as_of_ms or 0) + HURRY_MS))
        keep_vitals(name, vitals)
    elif not is_overdue(vitals, now_ms=now_ms):
        return vitals, visit_name
    if vitals.due_ms is not None:
        enlist(key.account_id, name, key)
        ask_for_round(key.account_id, wanted_ms=vitals.due_ms, now_ms=now_ms)
    return vitals, visit_name


def ask_for_round(account_id: str, *, wanted_ms: int, now_ms: int) -> bool:
    """Send the task for the account's next round, unless somebody has. Raises MemoryUnavailable."""
    last = find_vitals(round_name(account_id))
    due_ms = max(wanted_ms, now_ms, (last.due_ms or 0) if last else 0)
    mark = round_mark(account_id, due_ms)
    if not take_mark(mark, seconds=(due_ms - now_ms + LOST_AFTER_MS) / 1000):
        return False
    from lpcontext.refresh.tasks import refresh_chats

    sealed = get_sealer().seal_text(account_id.encode(), purpose=ROUND_PURPOSE)
    sent = send_task(refresh_chats, {"account": sealed, "due_ms": due_ms}, ahead_ms=due_ms - now_ms)
    if not sent:
        drop_mark(mark)
    return sent


def round_name(account_id: str) -> str:
    return get_sealer().name_of("round", account_id)


def round_mark(account_id: str, due_ms: int) -> str:
    return f"ask:{round_name(account_id)}:{due_ms}"


def chat_interval_ms() -> int:
    return int(settings.CHAT_REFRESH_SECONDS * 1000)
