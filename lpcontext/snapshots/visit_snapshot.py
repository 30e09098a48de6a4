"""The last we knew of a visit."""

from __future__ import annotations

import msgspec

from lpcontext.snapshots.model import SubjectStatus
from lpcontext.subjects import State
from lpcontext.visits import Visit


class StoredVisit(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """The visit as last read, without what ticks."""

    visit: Visit | None = None


class VisitSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """What the panel shows of a visit.

    `next_try_ms` is set only while LivePerson fails, `active_at_ms` only when the visitor has gone quiet: what the
    panel may not show cannot change its bytes.
    """

    state: State
    first_seen_ms: int
    version: str
    visit: Visit | None = None
    as_of_ms: int | None = None
    ended_at_ms: int | None = None
    next_try_ms: int | None = None
    present: bool = True
    active_at_ms: int | None = None

    @classmethod
    def of(cls, status: SubjectStatus, stored: StoredVisit | None) -> VisitSnapshot:
        """Of what is kept; `stored` None where no answer has come, or it cannot be opened."""
        return cls(
            state=status.state,
            first_seen_ms=status.first_seen_ms,
            version=status.version,
            visit=stored.visit if stored else None,
            as_of_ms=status.shown_as_of_ms,
            ended_at_ms=status.ended_at_ms,
            next_try_ms=status.shown_next_try_ms,
            present=status.quiet_since_ms is None,
            active_at_ms=status.quiet_since_ms,
        )
