"""LivePerson's APIs as one account may use them: one method for each thing we want to know."""

from __future__ import annotations

from collections.abc import Callable

from requests.adapters import BaseAdapter

from lpcontext.liveperson.agent_session import AgentSessionDesk
from lpcontext.liveperson.agent_session_calls import AgentSessionCalls
from lpcontext.liveperson.agent_session_memory import AgentSessionMemory
from lpcontext.liveperson.chat_desk import ChatDesk
from lpcontext.liveperson.credentials import Credentials, OAuth1Key, fingerprint_of
from lpcontext.liveperson.domains import DomainBook
from lpcontext.liveperson.errors import WrongAccount, WrongSession, WrongVisitor
from lpcontext.liveperson.line import Line, Question
from lpcontext.liveperson.login import LoginDesk
from lpcontext.liveperson.login_calls import LoginCalls
from lpcontext.liveperson.login_memory import LoginMemory
from lpcontext.liveperson.paths import encode_segment, encode_value
from lpcontext.liveperson.proving import KeyProof, LoginProof, Proof
from lpcontext.liveperson.shelf import Shelf
from lpcontext.liveperson.signing import KeySignature
from lpcontext.liveperson.wire import Wire


class LivePersonClient:
    """One account's client: safe to share between threads, not across a fork. `clock` tells epoch seconds.

    Domains, log-ins and agent sessions are shared, through `shelf`, by every worker of the account. A question is asked
    once, but for a dropped connection, a bearer that has run out, an agent session that is forgotten and a domain that
    has moved; any other retry is the caller's (`retry_pause`). `chat_desk` answers for chats. `adapter` carries the
    bytes in place of a pool of connections. Raises ValueError for an account id that fits in no address.
    """

    def __init__(
        self,
        account_id: str,
        credentials: Credentials,
        *,
        shelf: Shelf,
        wire: Wire,
        clock: Callable[[], float],
        adapter: BaseAdapter | None = None,
    ) -> None:
        account = encode_segment(account_id)
        if account is None:
            raise ValueError("the account id fits in no address")
        self._account = account
        self._directory = Line("domain-api", wire=wire, clock=clock, adapter=adapter)
        self._counter = Line("agentVep", wire=wire, clock=clock, adapter=adapter)
        self._monitor = Line("smt", wire=wire, clock=clock, adapter=adapter)
        self._domains = DomainBook(account, line=self._directory, shelf=shelf, wire=wire, clock=clock)
        self._proof = self._open_proof(credentials, shelf=shelf, wire=wire, clock=clock)
        self._sessions = self._open_sessions(credentials, shelf=shelf, wire=wire)
        self.chat_desk = ChatDesk(account_id, sessions=self._sessions)

    def visit_state(self, *, visitor_id: str, session_id: str) -> dict[str, object]:
        """The current state of a visit, in LivePerson's words (contract 4.1): decoded JSON, not looked into.

        Raises LivePersonError; WrongVisitor and WrongSession also, unasked, for ids that fit in no address.
        """
        visitor, session = encode_segment(visitor_id), encode_value(session_id)
        if visitor is None:
            raise WrongVisitor(operation="visit state", service="smt")
        if session is None:
            raise WrongSession(operation="visit state", service="smt")
        path = f"/api/account/{self._account}/monitoring/visitors/{visitor}/visits/current/state"
        return self._ask_monitor("visit state", f"{path}?v=1&filter=agent&sid={session}")

    def keep_login(self) -> bool:
        """Refresh the log-in if one is held and older than five minutes (contract 2.2); whether that was done.

        Raises nothing of LivePerson's, so that one account's trouble does not keep others from their turn.
        """
        return self._proof.keep_login()

    def log_out(self) -> None:
        """End the log-in if one is held (contract 2.3), and with it the agent session.

        Both are forgotten even when LivePersonError is raised.
        """
        self._sessions.leave()

    def close(self) -> None:
        """Close the connections; the log-in stays, for it belongs to all workers."""
        for line in (self._directory, self._counter, self._monitor):
            line.close()

    def _ask_monitor(self, operation: str, path: str) -> dict[str, object]:
        """Ask the monitoring service; where it knows no such account, look whether it has moved (the trap of 0.6)."""
        origin = self._domains.find("smt")
        try:
            return self._proof.ask(self._monitor, Question(operation=operation, method="GET", url=origin + path))
        except WrongAccount:
            moved = self._domains.find_new("smt", instead_of=origin)
            if moved is None:
                raise
        return self._proof.ask(self._monitor, Question(operation=operation, method="GET", url=moved + path))

    def _open_proof(self, credentials: Credentials, *, shelf: Shelf, wire: Wire, clock: Callable[[], float]) -> Proof:
        if isinstance(credentials, OAuth1Key):
            return KeyProof(KeySignature(credentials, clock=clock))
        # A log-in may have to look its domain up first.
        memory = LoginMemory(
            shelf, fingerprint=fingerprint_of(credentials), lock_seconds=2 * wire.answer_seconds, clock=clock
        )
        calls = LoginCalls(self._account, line=self._counter, domains=self._domains)
        return LoginProof(LoginDesk(credentials, calls=calls, memory=memory, domains=self._domains, clock=clock))

    def _open_sessions(self, credentials: Credentials, *, shelf: Shelf, wire: Wire) -> AgentSessionDesk:
        # A start may find the bearer run out: start, look a domain up, log in, start again.
        memory = AgentSessionMemory(
            shelf, fingerprint=fingerprint_of(credentials), lock_seconds=4 * wire.answer_seconds
        )
        calls = AgentSessionCalls(self._account, line=self._counter, domains=self._domains)
        return AgentSessionDesk(calls=calls, memory=memory, proof=self._proof)
