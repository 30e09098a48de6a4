"""Who may ask the chat engine: an account, a bearer or a signature, an agent session, its cookie (contract 7.2).

The order is the order of the refusals: 404 / 6 for an unknown account, 401 / 10 without authorization, 404 for an
agent session that is not there, 401 without its own cookie, 404 for a chat that is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from ..authorization import find_refusal
from ..call import Call
from ..chats.chat import Chat
from ..chats.chat_store import AgentSession
from ..choices import Choices
from ..error_responses import refuse
from ..messages import Request, Response
from ..sites import Site
from .representation import render_document

COOKIE: Final = "agentSessionKey"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentCall:
    """A request inside an agent session."""

    call: Call
    site: Site
    session: AgentSession

    @property
    def request(self) -> Request:
        return self.call.request

    @property
    def choices(self) -> Choices:
        return self.call.choices

    @property
    def now_ms(self) -> int:
        return self.call.now_ms

    @property
    def href(self) -> str:
        """Where the agent session is, without `v` and `NC`, as LivePerson prints it."""
        return build_session_url(self.call, self.session)

    def respond(self, name: str, content: Any, *, status: int = 200) -> Response:
        """Answer with a document of this root, in the shape the request wants."""
        return render_document(self.request, {name: content}, choices=self.choices, status=status)

    def refuse(self, code: int, message: str = "") -> Response:
        return refuse(code, choices=self.choices, now_ms=self.now_ms, message=message)


def requires_agent_session(handler: Callable[[AgentCall], Response]) -> Callable[[Call], Response]:
    """The endpoint, reached only inside an agent session."""

    def endpoint(call: Call) -> Response:
        agent_call = authorize_agent_call(call)
        return agent_call if isinstance(agent_call, Response) else handler(agent_call)

    return endpoint


def requires_chat(handler: Callable[[AgentCall, Chat], Response]) -> Callable[[Call], Response]:
    """The endpoint, reached only for a chat of this account."""

    def endpoint(agent_call: AgentCall) -> Response:
        chat = agent_call.site.chats.find(agent_call.call.names["chat"], now_ms=agent_call.now_ms)
        if chat is None:
            return agent_call.refuse(agent_call.choices.unknown_chat_code, "Chat not found")
        return handler(agent_call, chat)

    return requires_agent_session(endpoint)


def authorize_account(call: Call) -> Site | Response:
    """The account this request is for and authorized for, else its refusal."""
    if call.site is None:
        return refuse(6, choices=call.choices, now_ms=call.now_ms)
    if call.choices.version_required and call.request.parameter("v") != "1":
        return refuse(33, choices=call.choices, now_ms=call.now_ms, message="Illegal Version")
    return find_refusal(call) or call.site


def authorize_agent_call(call: Call) -> AgentCall | Response:
    """The agent session this request is in, else its refusal."""
    site = authorize_account(call)
    if isinstance(site, Response):
        return site
    session = site.find_agent_session(call.names["agent_session"], now_ms=call.now_ms)
    bearer = read_bearer(call)
    if session is None or (bearer is not None and session.bearer not in (None, bearer)):
        message = "Agent session not found"
        return refuse(call.choices.agent_session_code, choices=call.choices, now_ms=call.now_ms, message=message)
    if bearer is not None and (session.cookie is None or call.request.cookie(COOKIE) != session.cookie):
        return refuse_cookie(call)
    return AgentCall(call=call, site=site, session=session)


def read_bearer(call: Call) -> str | None:
    """The bearer, None where the request is signed instead."""
    scheme, _, credential = call.request.headers.get("Authorization", "").partition(" ")
    return credential.strip() if scheme.lower() == "bearer" else None


def refuse_cookie(call: Call) -> Response:
    """What a request without the session's own cookie gets."""
    status, message = call.choices.cookie_status, "Agent session cookie missing or of another session"
    return refuse(10, choices=call.choices, now_ms=call.now_ms, message=message, status=status)


def build_session_url(call: Call, session: AgentSession) -> str:
    """The agent session's address under the name the client uses for us."""
    request = call.request
    return f"{request.scheme}://{request.host}/api/account/{call.account_id}/agentSession/{session.id}"
