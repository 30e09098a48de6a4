"""What operators are told of an account's connection: in the admin, the log and a metric, once per change."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec.structs import replace

from lpcontext.accounts import Trouble, clear_trouble, note_trouble
from lpcontext.refresh.factory import NoClient
from lpcontext.refresh.rounds import DueChat
from lpcontext.refresh.schedule import UNAUTHORIZED_MS
from lpcontext.snapshots import Held, Vitals, count, forget_snapshot, keep_held, keep_held_chat

log = logging.getLogger(__name__)

_TROUBLES = {
    "wrong-account": Trouble.WRONG_ACCOUNT,
    "cached": Trouble.UNREACHABLE,
    "upstream-down": Trouble.UNREACHABLE,
    "unreadable": Trouble.UNREADABLE,
    "unauthorized": Trouble.UNAUTHORIZED,
}
_REASONS = {"login-blocked": Trouble.LOGIN_BLOCKED, "host-not-allowed": Trouble.HOST_NOT_ALLOWED}
_seen: dict[str, str] = {}
_seen_of_chats: dict[str, str] = {}


def note_outcome(account_id: str, vitals: Vitals, *, now_ms: int) -> None:
    """Write the account's trouble down when this process has not seen it so before.

    A single 404/6 may be one wrong id (contract 0.6), and one failed call may be weather: only the second counts.
    """
    trouble = _REASONS.get(vitals.reason) or _TROUBLES.get(vitals.state)
    if trouble is Trouble.UNREACHABLE and vitals.failures < 2:
        return
    told = trouble.value if trouble else ""
    if _seen.get(account_id, "") == told:
        return
    _seen[account_id] = told
    if trouble is None:
        clear_trouble(account_id)
    elif note_trouble(account_id, trouble, now=datetime.fromtimestamp(now_ms / 1000, UTC)):
        log.error("an account cannot be refreshed: %s %s", trouble.value, vitals.reason)
        count("account_troubles", kind=trouble.value)


def note_round(account_id: str, settled: Iterable[Vitals]) -> None:
    """Chats that are refused though visits are served: told once per change, in the log and as a metric.

    The admin's word is about the account as a whole, which may be well: it stays what the visits make of it.
    """
    refused = [vitals.reason for vitals in settled if vitals.state in {"unauthorized", "agent-session-refused"}]
    told = refused[0] if refused else ""
    if _seen_of_chats.get(account_id, "") == told:
        return
    _seen_of_chats[account_id] = told
    if told:
        log.error("an account's chats cannot be read: %s", told)
        count("account_troubles", kind="chats-refused")


def settle_no_client(
    name: str, vitals: Vitals, held: Held | None, *, account_id: str, trouble: Trouble | None, now_ms: int
) -> Vitals:
    """An account we cannot ask for: nobody added it, or its credentials do not open. Raises MemoryUnavailable."""
    settled = replace(vitals, state="unauthorized", due_ms=now_ms + UNAUTHORIZED_MS, reason="no-client")
    if trouble is None:  # removed or paused: what was known of its visitors is no longer shown to anybody
        forget_snapshot(name)
        return keep_held(name, settled, None)
    if note_trouble(account_id, trouble, now=datetime.fromtimestamp(now_ms / 1000, UTC)):
        _seen[account_id] = trouble.value
        log.error("an account cannot be refreshed: %s", trouble.value)
    return keep_held(name, settled, held)


def fail_without_client(chat: DueChat, error: NoClient, *, now_ms: int) -> Vitals:
    """The same for a chat. Raises MemoryUnavailable."""
    settled = replace(chat.vitals, state="unauthorized", due_ms=now_ms + UNAUTHORIZED_MS, reason="no-client")
    if error.trouble is None:
        forget_snapshot(chat.name)
        return keep_held_chat(chat.name, settled, None)
    note_trouble(chat.key.account_id, error.trouble, now=datetime.fromtimestamp(now_ms / 1000, UTC))
    return keep_held_chat(chat.name, settled, chat.held)
