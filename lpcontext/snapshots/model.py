"""What is remembered of a subject: vitals in the open, the visit sealed, and the two seen together."""

from __future__ import annotations

import hashlib

import msgspec

from lpcontext.visits import Visit


class Vitals(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What a tick needs and nothing personal. Times are epoch ms, lengths ms.

    `state` is the word kept (DESIGN 6); `delayed` is never kept, time alone makes it. `as_of_ms` is the last good
    answer, `due_ms` when LivePerson should be asked next (None: never again), `reason` a word for operators.
    """

    state: str
    first_seen_ms: int
    version: str = ""
    as_of_ms: int | None = None
    due_ms: int | None = None
    interval_ms: int = 5000
    took_ms: int = 0
    failures: int = 0
    ended_at_ms: int | None = None
    changed_at_ms: int | None = None
    reason: str = ""


class Held(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """The visit as last told, and whether its current page still shows life.

    `stay_ms` is LivePerson's ticking time on the current page, kept apart so that ticking changes no version.
    """

    visit: Visit | None = None
    stay_ms: int | None = None
    stirred_at_ms: int | None = None
    quiet_since_ms: int | None = None


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The last we knew of a subject: what the face draws.

    `next_try_ms` is told only while LivePerson fails, `active_at_ms` only when the visitor has gone quiet: what the
    face may not show cannot change its bytes.
    """

    state: str
    first_seen_ms: int
    version: str
    visit: Visit | None = None
    as_of_ms: int | None = None
    ended_at_ms: int | None = None
    next_try_ms: int | None = None
    present: bool = True
    active_at_ms: int | None = None

    @classmethod
    def of(cls, vitals: Vitals, held: Held | None) -> Snapshot:
        held = held or Held()
        frozen = vitals.state != "live"
        return cls(
            state=vitals.state,
            first_seen_ms=vitals.first_seen_ms,
            version=vitals.version,
            visit=held.visit,
            as_of_ms=vitals.as_of_ms if frozen else None,
            ended_at_ms=vitals.ended_at_ms,
            next_try_ms=vitals.due_ms if vitals.state in {"cached", "upstream-down"} else None,
            present=held.quiet_since_ms is None,
            active_at_ms=held.quiet_since_ms,
        )


def version_of(vitals: Vitals, held: Held | None) -> str:
    """Names what the face would draw: 16 hex digits that change when, and only when, a drawn fact does."""
    drawn = Snapshot.of(msgspec.structs.replace(vitals, version=""), held)
    return hashlib.blake2b(msgspec.msgpack.encode(drawn), digest_size=8).hexdigest()
