"""The calls of the Chat Agent API (contract 7): start an agent session, read within it. None acts on a chat."""

from __future__ import annotations

from collections.abc import Mapping

from lpcontext.liveperson.domains import DomainBook
from lpcontext.liveperson.errors import WrongAccount
from lpcontext.liveperson.held_agent_session import HeldAgentSession, read_agent_session
from lpcontext.liveperson.line import Answer, Line, Question
from lpcontext.liveperson.proving import Standing

# On every address (contract 7.2); with `NC` LivePerson writes `@href`, without it `href`.
_ALWAYS = "v=1&NC=true"
_JSON = "application/json"


class AgentSessionCalls:
    """`account` is percent-encoded. Every method raises LivePersonError."""

    def __init__(self, account: str, *, line: Line, domains: DomainBook) -> None:
        self.service = line.service
        self._account = account
        self._line = line
        self._domains = domains

    def find_origin(self) -> str:
        """Where the account's chats are served now."""
        return self._domains.find(self.service)

    def start(self, standing: Standing, *, fingerprint: str) -> HeldAgentSession:
        """Contract 7.4. Where LivePerson knows no such account, look whether it has moved (the trap of 0.6)."""
        origin = self.find_origin()
        try:
            return self._start_at(origin, standing, fingerprint)
        except WrongAccount:
            moved = self._domains.find_new(self.service, instead_of=origin)
            if moved is None:
                raise
        return self._start_at(moved, standing, fingerprint)

    def read(
        self, session: HeldAgentSession, standing: Standing, *, operation: str, path: str, query: Mapping[str, str]
    ) -> Answer:
        """Whatever is at `path` in the session; `path` and `query` are percent-encoded. Raises no refusal."""
        asked = "".join(f"&{name}={text}" for name, text in query.items())
        url = f"{self._home_at(session.origin)}/{session.session_id}/{path}?{_ALWAYS}{asked}"
        cookie = session.cookie or None
        question = Question(operation=operation, method="GET", url=url, cookie=cookie, content_type=_JSON)
        return self._line.ask(question, auth=standing.auth)

    def _start_at(self, origin: str, standing: Standing, fingerprint: str) -> HeldAgentSession:
        url = f"{self._home_at(origin)}?{_ALWAYS}"
        question = Question(operation="agent session", method="POST", url=url, json={"loginData": ""})
        answer = self._line.ask(question, auth=standing.auth)
        return read_agent_session(
            answer, account=self._account, origin=origin, login=standing.login, fingerprint=fingerprint
        )

    def _home_at(self, origin: str) -> str:
        return f"{origin}/api/account/{self._account}/agentSession"
