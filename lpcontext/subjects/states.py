"""The word for what is known of a subject (DESIGN 6), and what follows from each word."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """A `data-state` word. Every question about a state is asked here, so that a new one is decided in one place."""

    WAITING = "waiting"
    LIVE = "live"
    DELAYED = "delayed"
    CACHED = "cached"
    UPSTREAM_DOWN = "upstream-down"
    ENDED = "ended"
    NOT_FOUND = "not-found"
    WRONG_VISITOR = "wrong-visitor"
    WRONG_SESSION = "wrong-session"
    WRONG_ACCOUNT = "wrong-account"
    BAD_REQUEST = "bad-request"
    UNAUTHORIZED = "unauthorized"
    AGENT_SESSION_REFUSED = "agent-session-refused"
    UNREADABLE = "unreadable"
    MEMORY_DOWN = "memory-down"
    REFUSED = "refused"

    @property
    def is_over(self) -> bool:
        """LivePerson is not asked again by itself, and ticking stops."""
        return self in _OVER

    @property
    def is_settled_no(self) -> bool:
        """LivePerson said no before anything was seen; it may say yes to a later launch."""
        return self in _OVER and self not in (State.ENDED, State.REFUSED)

    @property
    def keeps_snapshot(self) -> bool:
        """What was known before is still shown, frozen."""
        return self not in (State.WAITING, State.MEMORY_DOWN, State.REFUSED)

    @property
    def is_trouble(self) -> bool:
        """Something is wrong that an operator may want to know of: neither well, nor waiting, nor simply over."""
        return self not in _WELL

    @property
    def waits_for_credentials(self) -> bool:
        """New credentials may put it right at once."""
        return self in (State.UNAUTHORIZED, State.AGENT_SESSION_REFUSED)

    @property
    def tells_next_try(self) -> bool:
        """LivePerson does not answer, and the panel says when it is asked again."""
        return self in (State.CACHED, State.UPSTREAM_DOWN)


_OVER = frozenset(
    {
        State.ENDED,
        State.NOT_FOUND,
        State.WRONG_VISITOR,
        State.WRONG_SESSION,
        State.WRONG_ACCOUNT,
        State.BAD_REQUEST,
        State.REFUSED,
    }
)
_WELL = frozenset({State.WAITING, State.LIVE, State.DELAYED, State.ENDED, State.NOT_FOUND, State.REFUSED})
