"""The agent session: one for all workers, on top of the log-in, started again once when LivePerson has forgotten it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lpcontext.liveperson.auth.agent_session import AgentSession
from lpcontext.liveperson.auth.agent_session_api import AgentSessionApi
from lpcontext.liveperson.auth.authenticator import AuthContext, Authenticator
from lpcontext.liveperson.auth.shared_session import SessionKind, SharedSession
from lpcontext.liveperson.errors import AgentSessionRefused, AgentSessionUnderWay, LivePersonError
from lpcontext.liveperson.responses.reading import ResponseBody, check_success, read_body
from lpcontext.liveperson.responses.status_errors import find_status_error

# How LivePerson says that it has forgotten a session, or that a cookie is another's, is not documented (contract 11).
# Any of these may mean that, or what was asked for, or the bearer.
_DOUBTFUL = (401, 403, 404)
_REST_AFTER_REFUSAL_SECONDS = 300.0
_REST_AFTER_USELESS_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class JoinedSession:
    """An agent session, and in whose name requests go out in it."""

    session: AgentSession
    context: AuthContext


class SharedAgentSession:
    """The agent session of one account."""

    def __init__(
        self, *, api: AgentSessionApi, shared: SharedSession[AgentSession], authenticator: Authenticator
    ) -> None:
        self._api = api
        self._shared = shared
        self._authenticator = authenticator

    @property
    def service(self) -> str:
        return self._api.service

    def ask(self, operation: str, path: str, query: Mapping[str, str]) -> ResponseBody:
        """What is at `path` in the agent session.

        Raises LivePersonError, AgentSessionUnderWay among it while somebody else is starting one.
        """
        joined = self._find_session()
        body = self._ask_in(joined, operation, path, query)
        if isinstance(body, LivePersonError):
            body = self._ask_in(self._replace_session(joined), operation, path, query)
        if isinstance(body, LivePersonError):
            raise self._keep_useless(body)
        return body

    def leave(self) -> None:
        """Forget the agent session, then log out, which ends it: for us even when LivePersonError is raised."""
        self._shared.forget()
        self._authenticator.log_out()

    def _ask_in(
        self, joined: JoinedSession, operation: str, path: str, query: Mapping[str, str]
    ) -> ResponseBody | LivePersonError:
        """What is there; a refusal is handed back where the session is to blame, and raised where it is not."""
        response = self._api.read(joined.session, joined.context, operation=operation, path=path, query=query)
        if response.status in _DOUBTFUL and not self._is_alive(joined):
            return find_status_error(response)
        body = read_body(response)
        self._shared.keep_changed(joined.session.with_cookies_of(response), before=joined.session)
        return body

    def _is_alive(self, joined: JoinedSession) -> bool:
        """Whether the session answers at all: reading one's own availability is the smallest request there is."""
        response = self._api.read(
            joined.session, joined.context, operation="availability", path="availability", query={}
        )
        if response.status in _DOUBTFUL:
            return False
        check_success(response)
        return True

    def _find_session(self) -> JoinedSession:
        return self._find_shared(self._authenticator.context()) or self._start(instead_of=None)

    def _replace_session(self, refused: JoinedSession) -> JoinedSession:
        """Another session than the refused one: somebody's newer one, or one started now."""
        held = self._find_shared(self._authenticator.context())
        return held if held is not None and _is_other(held, refused) else self._start(instead_of=refused)

    def _find_shared(self, context: AuthContext) -> JoinedSession | None:
        """A session started on another log-in, or where the account no longer is, is as good as none."""
        held = self._shared.find()
        fits = held is not None and held.login == context.login and held.origin == self._api.find_origin()
        return JoinedSession(held, context) if held is not None and fits else None

    def _start(self, *, instead_of: JoinedSession | None) -> JoinedSession:
        with self._shared.locked() as got:
            if not got:
                raise AgentSessionUnderWay(operation="agent session", service=self.service)
            # Somebody may have finished between our look and our lock.
            held = self._find_shared(self._authenticator.context())
            if held is not None and (instead_of is None or _is_other(held, instead_of)):
                return held
            self._shared.forget()
            return self._start_anew()

    def _start_anew(self) -> JoinedSession:
        refusal = self._shared.find_refusal(service=self.service)
        if refusal is not None:
            raise refusal
        try:
            return self._authenticator.run(self._begin)
        except AgentSessionRefused as refused:
            self._shared.keep_refusal(refused, seconds=_REST_AFTER_REFUSAL_SECONDS)
            raise

    def _begin(self, context: AuthContext) -> JoinedSession:
        session = self._api.start(context, fingerprint=self._shared.fingerprint)
        self._shared.keep(session)
        return JoinedSession(session, context)

    def _keep_useless(self, refusal: LivePersonError) -> AgentSessionRefused:
        """A session started just now is refused too: more of them are no remedy, so there is none for a while."""
        refused = AgentSessionRefused(
            operation=refusal.operation, service=refusal.service, status=refusal.status, code=refusal.code
        )
        self._shared.forget()
        self._shared.keep_refusal(refused, seconds=_REST_AFTER_USELESS_SECONDS)
        return refused


def _is_other(held: JoinedSession, refused: JoinedSession) -> bool:
    return held.session.session_id != refused.session.session_id


AGENT_SESSION = SessionKind(
    "agent-session", operation="agent session", session=AgentSession, find_error=lambda _: AgentSessionRefused
)
