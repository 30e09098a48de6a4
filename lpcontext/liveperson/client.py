"""LivePerson's APIs as one account may use them: one method for each thing we want to know."""

from __future__ import annotations

from collections.abc import Callable

from requests.adapters import BaseAdapter

from lpcontext.liveperson.app_engagement import AppEngagementClient
from lpcontext.liveperson.auth.agent_session_api import AgentSessionApi
from lpcontext.liveperson.auth.authenticator import Authenticator, LoginAuthenticator, OAuth1Authenticator
from lpcontext.liveperson.auth.credentials import Credentials, OAuth1Key, fingerprint_of
from lpcontext.liveperson.auth.login_api import LoginApi
from lpcontext.liveperson.auth.oauth1 import OAuth1Signature
from lpcontext.liveperson.auth.shared_agent_session import AGENT_SESSION, SharedAgentSession
from lpcontext.liveperson.auth.shared_login import LOGIN, SharedLogin
from lpcontext.liveperson.auth.shared_session import SharedSession
from lpcontext.liveperson.chat_agent import ChatAgentClient
from lpcontext.liveperson.domains import Domains
from lpcontext.liveperson.errors import BadRequest, WrongAccount, WrongSession, WrongVisitor
from lpcontext.liveperson.http.config import HttpConfig
from lpcontext.liveperson.http.connection import Connection
from lpcontext.liveperson.http.encoding import encode_segment, encode_value
from lpcontext.liveperson.http.messages import Request
from lpcontext.liveperson.responses.reading import check_success
from lpcontext.liveperson.shared_store import SharedStore


class LivePersonClient:
    """One account's client: safe to share between threads, not across a fork. `clock` tells epoch seconds.

    Domains, log-ins and agent sessions are shared, through `store`, by every worker of the account. A request is sent
    once, but for a dropped connection, a bearer that has run out, an agent session that is forgotten and a domain that
    has moved; any other retry is the caller's (`retry_pause`). `chat_agent` asks about chats. `adapter` carries the
    bytes in place of a pool of connections. Raises ValueError for an account id that fits in no address.
    """

    def __init__(
        self,
        account_id: str,
        credentials: Credentials,
        *,
        store: SharedStore,
        config: HttpConfig,
        clock: Callable[[], float],
        adapter: BaseAdapter | None = None,
    ) -> None:
        account = encode_segment(account_id)
        if account is None:
            raise ValueError("the account id fits in no address")
        self._account = account
        self._domain_api = Connection("domain-api", config=config, clock=clock, adapter=adapter)
        self._agent_vep = Connection("agentVep", config=config, clock=clock, adapter=adapter)
        self._smt = Connection("smt", config=config, clock=clock, adapter=adapter)
        self._domains = Domains(account, connection=self._domain_api, store=store, config=config, clock=clock)
        self._authenticator = self._make_authenticator(credentials, store=store, config=config, clock=clock)
        self._agent_session = self._share_agent_session(credentials, store=store, config=config, clock=clock)
        self.chat_agent = ChatAgentClient(self._agent_session)
        self._msdkgw = Connection("msdkgw", config=config, clock=clock, adapter=adapter)
        self.app_engagement = AppEngagementClient(account, connection=self._msdkgw, domains=self._domains)

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
        return self._ask_smt("visit state", f"{path}?v=1&filter=agent&sid={session}")

    def validate_engagement(
        self, *, visitor_id: str, session_id: str, campaign_id: str, engagement_id: str, context_id: str
    ) -> None:
        """Returns where LivePerson has offered this engagement in this visit; any 200 says so (contract 6.4).

        Raises LivePersonError: a Refused (404, 422), also for ids that fit in no address, where it has not.
        """
        segments = [encode_segment(each) for each in (visitor_id, campaign_id, engagement_id, context_id)]
        session = encode_value(session_id)
        if session is None or None in segments:
            raise BadRequest(operation="validate engagement", service="smt")
        visitor, campaign, engagement, context = segments
        path = (
            f"/api/account/{self._account}/monitoring/visitors/{visitor}/visits/current"
            f"/campaigns/{campaign}/engagements/{engagement}/contexts/{context}?v=1&sid={session}"
        )
        request = Request(operation="validate engagement", method="GET", url=self._domains.find("smt") + path)
        self._authenticator.run(lambda context: check_success(self._smt.send(request, auth=context.auth)))

    def find_hosts(self) -> dict[str, str]:
        """The origin of each service we ask, by its name, asked of the Domain API where not known (contract 1).

        Raises LivePersonError.
        """
        return {
            connection.service: self._domains.find(connection.service) for connection in (self._agent_vep, self._smt)
        }

    def authenticate(self) -> None:
        """Log in where none is held (contract 2.1); a key that signs needs none. Raises LivePersonError."""
        self._authenticator.context()

    def keep_login(self) -> bool:
        """Refresh the log-in if one is held and older than five minutes (contract 2.2); whether that was done.

        Raises nothing of LivePerson's, so that one account's trouble does not keep others from their turn.
        """
        return self._authenticator.keep_login()

    def log_out(self) -> None:
        """End the log-in if one is held (contract 2.3), and with it the agent session.

        Both are forgotten even when LivePersonError is raised.
        """
        self._agent_session.leave()

    def close(self) -> None:
        """Close the connections; the log-in stays, for it belongs to all workers."""
        for connection in (self._domain_api, self._agent_vep, self._smt, self._msdkgw):
            connection.close()

    def _ask_smt(self, operation: str, path: str) -> dict[str, object]:
        """Ask the monitoring service; where it knows no such account, look whether it has moved (the trap of 0.6)."""
        origin = self._domains.find("smt")
        try:
            return self._authenticator.send(self._smt, Request(operation=operation, method="GET", url=origin + path))
        except WrongAccount:
            moved = self._domains.find_new("smt", instead_of=origin)
            if moved is None:
                raise
        return self._authenticator.send(self._smt, Request(operation=operation, method="GET", url=moved + path))

    def _make_authenticator(
        self, credentials: Credentials, *, store: SharedStore, config: HttpConfig, clock: Callable[[], float]
    ) -> Authenticator:
        if isinstance(credentials, OAuth1Key):
            return OAuth1Authenticator(OAuth1Signature(credentials, clock=clock))
        shared = SharedSession(
            LOGIN,
            store=store,
            fingerprint=fingerprint_of(credentials),
            lock_seconds=2 * config.answer_seconds,  # a log-in may have to look its domain up first
            clock=clock,
        )
        api = LoginApi(self._account, connection=self._agent_vep, domains=self._domains)
        return LoginAuthenticator(SharedLogin(credentials, api=api, shared=shared, domains=self._domains, clock=clock))

    def _share_agent_session(
        self, credentials: Credentials, *, store: SharedStore, config: HttpConfig, clock: Callable[[], float]
    ) -> SharedAgentSession:
        shared = SharedSession(
            AGENT_SESSION,
            store=store,
            fingerprint=fingerprint_of(credentials),
            # A start may find the bearer run out: start, look a domain up, log in, start again.
            lock_seconds=4 * config.answer_seconds,
            clock=clock,
        )
        api = AgentSessionApi(self._account, connection=self._agent_vep, domains=self._domains)
        return SharedAgentSession(api=api, shared=shared, authenticator=self._authenticator)
