"""Who may ask the chat engine: an account, a bearer or a signature, an agent session, its cookie (contract 7.2).

The order is the order of the refusals: 404 / 6 for an unknown account, 401 / 10 without authorization, 404 for an
agent session that is not there, 401 without its own cookie, 404 for a chat that is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from ..authority import find_refusal
from ..messages import Answer
from ..refusals import refuse
from ..sites import Site
from ..stage import Ask
from .book import AgentSession
from .chat import Chat
from .markup import present

COOKIE: Final = "agentSessionKey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A request inside an agent session."""

    ask: Ask
    site: Site
    session: AgentSession

    @property
    def href(self) -> str:
        """Where the agent session is, without `v` and `NC`, as LivePerson prints it."""
        return locate(self.ask, self.session)

    def tell(self, name: str, content: Any, *, status: int = 200) -> Answer:
        """Answer with a document of this root, in the shape the request wants."""
        return present(self.ask.request, {name: content}, choices=self.ask.choices, status=status)

    def refuse(self, code: int, message: str = "") -> Answer:
        return refuse(code, choices=self.ask.choices, now_ms=self.ask.now_ms, message=message)


def seated(play: Callable[[Seat], Answer]) -> Callable[[Ask], Answer]:
    """A door that opens only inside an agent session."""

    def door(ask: Ask) -> Answer:
        seat = take_seat(ask)
        return seat if isinstance(seat, Answer) else play(seat)

    return door


def in_chat(play: Callable[[Seat, Chat], Answer]) -> Callable[[Ask], Answer]:
    """A door that opens only for a chat of this account."""

    def door(seat: Seat) -> Answer:
        chat = seat.site.chats.find(seat.ask.names["chat"], now_ms=seat.ask.now_ms)
        return seat.refuse(seat.ask.choices.unknown_chat_code, "Chat not found") if chat is None else play(seat, chat)

    return seated(door)


def check_in(ask: Ask) -> Site | Answer:
    """The account this request is for and authorized for, else its refusal."""
    if ask.site is None:
        return refuse(6, choices=ask.choices, now_ms=ask.now_ms)
    if ask.choices.version_required and ask.request.parameter("v") != "1":
        return refuse(33, choices=ask.choices, now_ms=ask.now_ms, message="Illegal Version")
    return find_refusal(ask) or ask.site


def take_seat(ask: Ask) -> Seat | Answer:
    """The agent session this request is in, else its refusal."""
    site = check_in(ask)
    if isinstance(site, Answer):
        return site
    session = site.find_agent_session(ask.names["agent_session"], now_ms=ask.now_ms)
    bearer = read_bearer(ask)
    if session is None or (bearer is not None and session.bearer not in (None, bearer)):
        message = "Agent session not found"
        return refuse(ask.choices.agent_session_code, choices=ask.choices, now_ms=ask.now_ms, message=message)
    if bearer is not None and (session.cookie is None or ask.request.cookie(COOKIE) != session.cookie):
        return refuse_cookie(ask)
    return Seat(ask=ask, site=site, session=session)


def read_bearer(ask: Ask) -> str | None:
    """The bearer, None where the request is signed instead."""
    scheme, _, credential = ask.request.headers.get("Authorization", "").partition(" ")
    return credential.strip() if scheme.lower() == "bearer" else None


def refuse_cookie(ask: Ask) -> Answer:
    """What a request without the session's own cookie gets."""
    status, message = ask.choices.cookie_status, "Agent session cookie missing or of another session"
    return refuse(10, choices=ask.choices, now_ms=ask.now_ms, message=message, status=status)


def locate(ask: Ask, session: AgentSession) -> str:
    """The agent session's address under the name the client uses for us."""
    request = ask.request
    return f"{request.scheme}://{request.host}/api/account/{ask.account_id}/agentSession/{session.id}"
