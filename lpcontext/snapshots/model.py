"""What is remembered of any subject: its status in the open, the answer sealed, and what tells two answers apart."""

from __future__ import annotations

import hashlib

import msgspec

from lpcontext.subjects import State


class SubjectStatus(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What a tick needs and nothing personal. Times are epoch ms by Redis' clock, lengths ms.

    `state` is the word kept (docs/architecture.md); `delayed` is never kept, time alone makes it. `as_of_ms` is the
    last good answer, `asked_ms` when LivePerson was last asked, `due_ms` when it should be asked next (None: never
    again by itself), `reason` a word for operators, `related` the name of the subject behind it.
    `serial` counts what was written, so that the later of two is known.
    """

    state: State
    first_seen_ms: int
    version: str = ""
    as_of_ms: int | None = None
    asked_ms: int | None = None
    due_ms: int | None = None
    interval_ms: int = 5000
    took_ms: int = 0
    failures: int = 0
    ended_at_ms: int | None = None
    quiet_since_ms: int | None = None
    reason: str = ""
    related: str = ""
    serial: int = 0

    @property
    def has_answer(self) -> bool:
        """A good answer came once, and is kept."""
        return self.as_of_ms is not None

    @property
    def shown_as_of_ms(self) -> int | None:
        """As the panel shows it: a live panel shows no age, so that an answer that changes nothing changes no byte."""
        return None if self.state is State.LIVE else self.as_of_ms

    @property
    def shown_next_try_ms(self) -> int | None:
        """As the panel shows it: only while LivePerson does not answer."""
        return self.due_ms if self.state.shows_next_try else None

    def is_later_than(self, other: SubjectStatus) -> bool:
        """Of one beginning; between two beginnings nobody knows, for clocks may be set back."""
        return self.first_seen_ms == other.first_seen_ms and self.serial > other.serial


class LastAnswer(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What only workers read: what tells the last answer from the next without parsing either.

    `answer` is the digest of the answer as it came, `content` the digest of what was kept of it, `form` in which shape
    and by which key that was sealed: what we can no longer open is read anew though nothing changed. `stay_ms` is
    LivePerson's ticking time on the current page, kept apart so that ticking changes no version.
    """

    answer: bytes = b""
    content: bytes = b""
    form: bytes = b""
    stay_ms: int | None = None
    active_at_ms: int | None = None


def waiting_status(*, now_ms: int, interval_ms: int) -> SubjectStatus:
    """Nothing is known yet."""
    return SubjectStatus(
        state=State.WAITING, version=State.WAITING.value, first_seen_ms=now_ms, due_ms=now_ms, interval_ms=interval_ms
    )


def with_version(status: SubjectStatus, *, content: bytes) -> SubjectStatus:
    """The status with its version: 16 hex digits that change when, and only when, a fact that is shown does.

    Of the times, only those the panel shows in this state count.
    """
    shown = (
        status.state.value,
        content,
        status.shown_as_of_ms,
        status.ended_at_ms,
        status.shown_next_try_ms,
        status.quiet_since_ms,
    )
    version = hashlib.blake2b(msgspec.msgpack.encode(shown), digest_size=8).hexdigest()
    return msgspec.structs.replace(status, version=version)
