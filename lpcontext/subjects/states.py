"""The word for what is known of a subject (docs/architecture.md), and what follows from each word."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import assert_never

import msgspec


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
        return _meaning_of(self).over

    @property
    def is_refused_at_first(self) -> bool:
        """LivePerson said no before anything was seen; it may say yes to a later launch."""
        return _meaning_of(self).settled_no

    @property
    def keeps_snapshot(self) -> bool:
        """What was known before is still shown, frozen."""
        return _meaning_of(self).keeps_snapshot

    @property
    def is_trouble(self) -> bool:
        """Something is wrong that an operator may want to know of: neither well, nor waiting, nor simply over."""
        return _meaning_of(self).trouble

    @property
    def waits_for_credentials(self) -> bool:
        """New credentials may put it right at once."""
        return _meaning_of(self).waits_for_credentials

    @property
    def shows_next_try(self) -> bool:
        """LivePerson does not answer, and the panel says when it is asked again."""
        return _meaning_of(self).shows_next_try


class _Meaning(msgspec.Struct, frozen=True, kw_only=True):
    over: bool = False
    settled_no: bool = False
    keeps_snapshot: bool = True
    trouble: bool = False
    waits_for_credentials: bool = False
    shows_next_try: bool = False


@cache
def _meaning_of(state: State) -> _Meaning:
    """The type checker refuses a state that is not decided here."""
    match state:
        case State.LIVE | State.DELAYED:
            return _Meaning()
        case State.WAITING:
            return _Meaning(keeps_snapshot=False)
        case State.CACHED | State.UPSTREAM_DOWN:
            return _Meaning(trouble=True, shows_next_try=True)
        case State.ENDED:
            return _Meaning(over=True)
        case State.NOT_FOUND:
            return _Meaning(over=True, settled_no=True)
        case State.WRONG_VISITOR | State.WRONG_SESSION | State.WRONG_ACCOUNT | State.BAD_REQUEST:
            return _Meaning(over=True, settled_no=True, trouble=True)
        case State.UNAUTHORIZED | State.AGENT_SESSION_REFUSED:
            return _Meaning(trouble=True, waits_for_credentials=True)
        case State.UNREADABLE:
            return _Meaning(trouble=True)
        case State.MEMORY_DOWN:
            return _Meaning(trouble=True, keeps_snapshot=False)
        case State.REFUSED:
            return _Meaning(over=True, keeps_snapshot=False)
        case _:
            assert_never(state)
