"""What the workers share about one account's agent session: the session, a refusal to respect, and the lock."""

from __future__ import annotations

from contextlib import AbstractContextManager

from lpcontext.liveperson.errors import AgentSessionRefused
from lpcontext.liveperson.held_agent_session import HeldAgentSession, read_held_agent_session
from lpcontext.liveperson.noted_refusals import read_refusal, write_refusal
from lpcontext.liveperson.shelf import Shelf

_SESSION = "agent-session"
_LOCK = "agent-session-lock"
_REFUSAL = "agent-session-refusal"
# How long LivePerson keeps one is not documented: as long as its log-in, which we ask for, and a day at most.
_KEPT_SECONDS = 86_400.0


class AgentSessionMemory:
    """`fingerprint` is that of the credentials in use: nothing that belongs to others is ever found here.

    `lock_seconds` is how long a start may take before another worker gives up on it.
    """

    def __init__(self, shelf: Shelf, *, fingerprint: str, lock_seconds: float) -> None:
        self.fingerprint = fingerprint
        self._shelf = shelf
        self._lock_seconds = lock_seconds

    def find(self) -> HeldAgentSession | None:
        kept = self._shelf.get(_SESSION)
        held = read_held_agent_session(kept) if kept else None
        return held if held is not None and held.fingerprint == self.fingerprint else None

    def keep(self, session: HeldAgentSession) -> None:
        self._shelf.put(_SESSION, session.to_bytes(), seconds=_KEPT_SECONDS)

    def keep_changed(self, session: HeldAgentSession, *, before: HeldAgentSession) -> None:
        """Keep what an answer has changed in the session, unless another has taken its place."""
        if session != before and self.find() == before:
            self.keep(session)

    def forget(self) -> None:
        """Forget the session of these credentials; one that others have started meanwhile stays."""
        if self.find() is not None:
            self._shelf.drop(_SESSION)

    def locked(self) -> AbstractContextManager[bool]:
        """Hold the lock while inside; False when somebody else has it."""
        return self._shelf.lock(_LOCK, seconds=self._lock_seconds)

    def note_refusal(self, refusal: AgentSessionRefused, *, seconds: float) -> None:
        """Remember, for `seconds`, that these credentials are let into no agent session."""
        self._shelf.put(_REFUSAL, write_refusal(refusal, fingerprint=self.fingerprint), seconds=seconds)

    def find_refusal(self, *, operation: str, service: str) -> AgentSessionRefused | None:
        """The refusal still to be respected, as it was raised; new credentials have none."""
        noted = read_refusal(self._shelf.get(_REFUSAL), fingerprint=self.fingerprint)
        if noted is None:
            return None
        status, code, reason = noted
        return AgentSessionRefused(operation=operation, service=service, status=status, code=code, reason=reason)
