"""What operators learn of an account's connection: in the admin, the log and a metric, once per change."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime

from lpcontext.accounts.models import Trouble
from lpcontext.accounts.registry import clear_trouble, note_trouble
from lpcontext.snapshots import SubjectStatus, count
from lpcontext.subjects import State

log = logging.getLogger(__name__)

_TROUBLES = {
    State.WRONG_ACCOUNT: Trouble.WRONG_ACCOUNT,
    State.CACHED: Trouble.UNREACHABLE,
    State.UPSTREAM_DOWN: Trouble.UNREACHABLE,
    State.UNREADABLE: Trouble.UNREADABLE,
    State.UNAUTHORIZED: Trouble.UNAUTHORIZED,
}
# One visit of many may have these: then they say nothing of the account while others are live.
_OF_ONE_VISIT = (Trouble.WRONG_ACCOUNT, Trouble.UNREADABLE, Trouble.UNREACHABLE)
_GOOD_LATELY_MS = 60_000
_REASONS = {"login-blocked": Trouble.LOGIN_BLOCKED, "host-not-allowed": Trouble.HOST_NOT_ALLOWED}


class Alerts:
    """Of one account, as one worker has raised them. What was raised before it began is not known to it."""

    def __init__(self, account_id: str) -> None:
        self._account_id = account_id
        self._current: str | None = None
        self._good_ms = 0
        self._refusals: dict[str, str] = {}

    def note_statuses(self, statuses: Iterable[SubjectStatus], *, now_ms: int) -> None:
        """Of a kind that speaks for the account. One failed call may be chance: only the second counts."""
        for status in statuses:
            if status.state is State.LIVE:
                self._good_ms = now_ms
            trouble = _REASONS.get(status.reason) or _TROUBLES.get(status.state)
            is_one_visits = trouble in _OF_ONE_VISIT and now_ms - self._good_ms < _GOOD_LATELY_MS
            if not is_one_visits and (trouble is not Trouble.UNREACHABLE or status.failures > 1):
                self.note(trouble, reason=status.reason, now_ms=now_ms)

    def note_refusals(self, kind: str, statuses: Iterable[SubjectStatus]) -> None:
        """Of a kind that is refused though visits are served: once per change, in the log and as a metric.

        The admin's word is about the account as a whole, which may be well: it stays what the visits make of it.
        """
        refused = [status.reason for status in statuses if status.state.waits_for_credentials]
        reason = refused[0] if refused else ""
        if reason and reason != self._refusals.get(kind, ""):
            log.error("an account's %ss cannot be read: %s", kind, reason)
            count("account_troubles", kind=f"{kind}s-refused")
        self._refusals[kind] = reason

    def note(self, trouble: Trouble | None, *, reason: str = "", now_ms: int) -> None:
        """Write the account's trouble down, None for none."""
        word = trouble.value if trouble else ""
        if word == self._current:
            return
        if trouble is None:
            clear_trouble(self._account_id)
        elif note_trouble(self._account_id, trouble, now=datetime.fromtimestamp(now_ms / 1000, UTC)):
            log.error("an account cannot be refreshed: %s %s", trouble.value, reason)
            count("account_troubles", kind=trouble.value)
        self._current = word
