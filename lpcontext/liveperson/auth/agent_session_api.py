"""The calls of the Chat Agent API (contract 7): start an agent session, read within it. None acts on a chat."""

from __future__ import annotations

from collections.abc import Mapping

from lpcontext.liveperson.auth.agent_session import AgentSession, read_agent_session
from lpcontext.liveperson.auth.authenticator import AuthContext
from lpcontext.liveperson.domains import Domains
from lpcontext.liveperson.errors import WrongAccount
from lpcontext.liveperson.http.connection import Connection
from lpcontext.liveperson.http.messages import Request, Response

# On every address (contract 7.2); with `NC` LivePerson writes `@href`, without it `href`.
_ALWAYS = "v=1&NC=true"
_JSON = "application/json"


class AgentSessionApi:
    """`account` is percent-encoded. Every method raises LivePersonError."""

    def __init__(self, account: str, *, connection: Connection, domains: Domains) -> None:
        self.service = connection.service
        self._account = account
        self._connection = connection
        self._domains = domains

    def find_origin(self) -> str:
        """Where the account's chats are served now."""
        return self._domains.find(self.service)

    def start(self, context: AuthContext, *, fingerprint: str) -> AgentSession:
        """Contract 7.4. Where LivePerson knows no such account, look whether it has moved (the trap of 0.6)."""
        origin = self.find_origin()
        try:
            return self._start_at(origin, context, fingerprint)
        except WrongAccount:
            moved = self._domains.find_new(self.service, instead_of=origin)
            if moved is None:
                raise
        return self._start_at(moved, context, fingerprint)

    def read(
        self, session: AgentSession, context: AuthContext, *, operation: str, path: str, query: Mapping[str, str]
    ) -> Response:
        """Whatever is at `path` in the session; `path` and `query` are percent-encoded. Raises no refusal."""
        asked = "".join(f"&{name}={text}" for name, text in query.items())
        url = f"{self._home_at(session.origin)}/{session.session_id}/{path}?{_ALWAYS}{asked}"
        cookie = session.cookie or None
        request = Request(operation=operation, method="GET", url=url, cookie=cookie, content_type=_JSON)
        return self._connection.send(request, auth=context.auth)

    def _start_at(self, origin: str, context: AuthContext, fingerprint: str) -> AgentSession:
        url = f"{self._home_at(origin)}?{_ALWAYS}"
        request = Request(operation="agent session", method="POST", url=url, json={"loginData": ""})
        response = self._connection.send(request, auth=context.auth)
        return read_agent_session(
            response, account=self._account, origin=origin, login=context.login, fingerprint=fingerprint
        )

    def _home_at(self, origin: str) -> str:
        return f"{origin}/api/account/{self._account}/agentSession"
