"""One view of a subject, whatever it is: its own status, and that of the visit behind it."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from lpcontext.refresh.timing import TickPace, next_tick_ms, stale_at, state_at
from lpcontext.snapshots import KEEP_AT_MOST_MS, SubjectStatus
from lpcontext.subjects import State, VisitKey


class SubjectView(NamedTuple):
    """What is known of a subject, without anything personal.

    `kind` is the subject's; a visit has `visit` alone, any other kind has `own`, and `visit` once it has led to one.
    `visit_name` is what that visit is called ("" for none yet).
    """

    name: str
    kind: str
    own: SubjectStatus | None
    visit: SubjectStatus | None
    visit_name: str = ""

    @classmethod
    def of(cls, name: str, kind: str, status: SubjectStatus, visit: SubjectStatus | None = None) -> SubjectView:
        """Of a subject's status, and of that of the visit it has led to."""
        if kind == VisitKey.kind:
            return cls(name, kind, None, status, name)
        return cls(name, kind, status, visit, status.related if visit is not None else "")

    @property
    def parts(self) -> list[SubjectStatus]:
        """One status or two, the subject's own first."""
        return [status for status in (self.own, self.visit) if status is not None]

    @property
    def version(self) -> str:
        """Names what would be shown."""
        if self.own is None:
            return self.visit.version if self.visit else ""
        versions = f"{self.own.version}|{self.visit.version if self.visit else ''}"
        return hashlib.blake2b(versions.encode(), digest_size=8).hexdigest()

    def leading(self) -> SubjectStatus:
        """Whose state the strip shows: the subject's own while it goes on, then its visit's. Each part says its own.

        Raises ValueError for a view of neither.
        """
        if self.visit is not None and (self.own is None or self.own.due_ms is None):
            return self.visit
        if self.own is None:
            raise ValueError("a view is of a visit, or of a subject with one behind it")
        return self.own

    def state_at(self, *, now_ms: int) -> State:
        """The word of the strip, as `leading` says."""
        return state_at(self.leading(), now_ms=now_ms)

    def next_tick_ms(self, *, now_ms: int, in_a_hurry: bool = False) -> int | None:
        """The sooner of the two; None when both are over."""
        pauses = [next_tick_ms(status, now_ms=now_ms, in_a_hurry=in_a_hurry) for status in self.parts]
        return min((pause for pause in pauses if pause is not None), default=None)

    def pace(self) -> TickPace | None:
        """Where one status alone sets the pace; None where it does not, and each tick is reckoned anew."""
        parts = self.parts
        return TickPace.of(parts[0]) if len(parts) == 1 else None

    def good_until_ms(self, *, now_ms: int) -> int:
        """Until when this view says the same unless a change comes: no word goes stale, no subject too old."""
        stale_ms = stale_at(self.leading())
        oldest_ms = min(status.first_seen_ms for status in self.parts)
        until_ms = oldest_ms + KEEP_AT_MOST_MS
        return min(until_ms, stale_ms) if stale_ms is not None and stale_ms > now_ms else until_ms
