"""The agent session: one for all workers, on top of the log-in, started again once when LivePerson has forgotten it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lpcontext.liveperson.agent_session_calls import AgentSessionCalls
from lpcontext.liveperson.agent_session_memory import AgentSessionMemory
from lpcontext.liveperson.answers import Told, check_success, read_told
from lpcontext.liveperson.errors import AgentSessionRefused, AgentSessionUnderWay, LivePersonError
from lpcontext.liveperson.held_agent_session import HeldAgentSession
from lpcontext.liveperson.proving import Proof, Standing
from lpcontext.liveperson.refusals import name_refusal

# How LivePerson says that it has forgotten a session, or that a cookie is another's, is not documented (contract 11).
# Any of these may mean that, or what was asked for, or the bearer.
_DOUBTFUL = (401, 403, 404)
_REST_AFTER_REFUSAL_SECONDS = 300.0
_REST_AFTER_USELESS_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Seat:
    """An agent session, and in whose name we sit in it."""

    session: HeldAgentSession
    standing: Standing


class AgentSessionDesk:
    """The agent session of one account."""

    def __init__(self, *, calls: AgentSessionCalls, memory: AgentSessionMemory, proof: Proof) -> None:
        self._calls = calls
        self._memory = memory
        self._proof = proof

    @property
    def service(self) -> str:
        return self._calls.service

    def ask(self, operation: str, path: str, query: Mapping[str, str]) -> Told:
        """What is at `path` in the agent session.

        Raises LivePersonError, AgentSessionUnderWay among it while somebody else is starting one.
        """
        seat = self._find_seat()
        told = self._ask_in(seat, operation, path, query)
        if isinstance(told, LivePersonError):
            told = self._ask_in(self._replace_seat(seat), operation, path, query)
        if isinstance(told, LivePersonError):
            raise self._note_useless(told)
        return told

    def leave(self) -> None:
        """Forget the agent session, then log out, which ends it: for us even when LivePersonError is raised."""
        self._memory.forget()
        self._proof.log_out()

    def _ask_in(self, seat: Seat, operation: str, path: str, query: Mapping[str, str]) -> Told | LivePersonError:
        """What was told; a refusal is handed back where the session is to blame, and raised where it is not."""
        answer = self._calls.read(seat.session, seat.standing, operation=operation, path=path, query=query)
        if answer.status in _DOUBTFUL and not self._is_alive(seat):
            return name_refusal(answer)
        told = read_told(answer)
        self._memory.keep_changed(seat.session.with_cookies_of(answer), before=seat.session)
        return told

    def _is_alive(self, seat: Seat) -> bool:
        """Whether the session answers at all: reading one's own availability is the smallest question there is."""
        answer = self._calls.read(seat.session, seat.standing, operation="availability", path="availability", query={})
        if answer.status in _DOUBTFUL:
            return False
        check_success(answer)
        return True

    def _find_seat(self) -> Seat:
        return self._find_held(self._proof.standing()) or self._start(instead_of=None)

    def _replace_seat(self, refused: Seat) -> Seat:
        """Another seat than the refused one: in somebody's newer session, or in one started now."""
        held = self._find_held(self._proof.standing())
        return held if held is not None and _is_other(held, refused) else self._start(instead_of=refused)

    def _find_held(self, standing: Standing) -> Seat | None:
        """A session started on another log-in, or where the account no longer is, is as good as none."""
        held = self._memory.find()
        fits = held is not None and held.login == standing.login and held.origin == self._calls.find_origin()
        return Seat(held, standing) if held is not None and fits else None

    def _start(self, *, instead_of: Seat | None) -> Seat:
        with self._memory.locked() as got:
            if not got:
                raise AgentSessionUnderWay(operation="agent session", service=self.service)
            held = self._find_held(self._proof.standing())  # somebody may have finished between our look and our lock
            if held is not None and (instead_of is None or _is_other(held, instead_of)):
                return held
            self._memory.forget()
            return self._start_anew()

    def _start_anew(self) -> Seat:
        refusal = self._memory.find_refusal(operation="agent session", service=self.service)
        if refusal is not None:
            raise refusal
        try:
            return self._proof.act(self._sit_down)
        except AgentSessionRefused as refused:
            self._memory.note_refusal(refused, seconds=_REST_AFTER_REFUSAL_SECONDS)
            raise

    def _sit_down(self, standing: Standing) -> Seat:
        session = self._calls.start(standing, fingerprint=self._memory.fingerprint)
        self._memory.keep(session)
        return Seat(session, standing)

    def _note_useless(self, refusal: LivePersonError) -> AgentSessionRefused:
        """A session started just now is refused too: more of them are no remedy, so there is none for a while."""
        refused = AgentSessionRefused(
            operation=refusal.operation, service=refusal.service, status=refusal.status, code=refusal.code
        )
        self._memory.forget()
        self._memory.note_refusal(refused, seconds=_REST_AFTER_USELESS_SECONDS)
        return refused


def _is_other(held: Seat, refused: Seat) -> bool:
    return held.session.session_id != refused.session.session_id
