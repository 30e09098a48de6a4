"""Which address is which call: LivePerson's endpoints, one line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from . import attributes, domains, engagements, login, sessions, visits
from .call import Call
from .chat_agent import agent_endpoints, chat_endpoints
from .chat_agent.chat_endpoints import refuse_to_act
from .messages import Response


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` is matched piece by piece; a `{name}` takes any piece, an encoded slash included."""

    method: str
    pattern: str
    kind: str
    service: str
    handler: Callable[[Call], Response]
    pieces: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pieces", tuple(self.pattern.split("/")))

    def match(self, method: str, segments: tuple[str, ...]) -> dict[str, str] | None:
        """The names in the path, None where this is another address."""
        if method != self.method or len(self.pieces) != len(segments):
            return None
        names: dict[str, str] = {}
        for piece, segment in zip(self.pieces, segments, strict=True):
            if piece[0] == "{":
                names[piece[1:-1]] = segment
            elif piece != segment:
                return None
        return names


A: Final = "api/account/{account}"
CURRENT: Final = f"{A}/monitoring/visitors/{{visitor}}/visits/current"
APP: Final = f"{A}/app/engagement/visitors"
S: Final = f"{A}/agentSession/{{agent_session}}"
C: Final = f"{S}/chat/{{chat}}"

CHAT_ROUTES: Final = (
    Route("POST", f"{A}/agentSession", "agent-session", "agentVep", agent_endpoints.start_session),
    Route("GET", S, "agent-resources", "agentVep", agent_endpoints.get_resources),
    Route("GET", f"{S}/availability", "availability", "agentVep", agent_endpoints.get_availability),
    Route("PUT", f"{S}/availability", "act-availability", "agentVep", refuse_to_act),
    Route("GET", f"{S}/availableAgents", "available-agents", "agentVep", agent_endpoints.get_available_agents),
    Route("GET", f"{S}/chat/availableSlots", "available-slots", "agentVep", agent_endpoints.get_available_slots),
    Route("GET", f"{S}/info", "agent-info", "agentVep", agent_endpoints.get_agent_info),
    Route("GET", f"{S}/incomingRequests", "incoming-requests", "agentVep", agent_endpoints.get_incoming_requests),
    Route("POST", f"{S}/incomingRequests", "act-accept", "agentVep", refuse_to_act),
    Route("GET", f"{S}/chatSessions", "chat-sessions", "agentVep", chat_endpoints.get_chat_sessions),
    Route("GET", f"{S}/chat", "chats", "agentVep", chat_endpoints.get_chats),
    Route("GET", C, "chat", "agentVep", chat_endpoints.get_chat),
    Route("GET", f"{C}/events", "chat-events", "agentVep", chat_endpoints.get_chat_events),
    Route("POST", f"{C}/events", "act-events", "agentVep", refuse_to_act),
    Route("GET", f"{C}/info", "chat-info", "agentVep", chat_endpoints.get_chat_info),
    Route("GET", f"{C}/info/visitorName", "visitor-name", "agentVep", chat_endpoints.get_visitor_name),
    Route("GET", f"{C}/info/visitorTyping", "visitor-typing", "agentVep", chat_endpoints.get_visitor_typing),
    Route("GET", f"{C}/info/agentTyping", "agent-typing", "agentVep", chat_endpoints.get_agent_typing),
    Route("PUT", f"{C}/info/agentTyping", "act-typing", "agentVep", refuse_to_act),
    Route("GET", f"{C}/transfer", "transfer-skills", "agentVep", chat_endpoints.get_transfer_skills),
    Route("POST", f"{C}/transfer", "act-transfer", "agentVep", refuse_to_act),
    Route("GET", f"{C}/survey", "survey", "agentVep", chat_endpoints.get_survey),
    Route("PUT", f"{C}/survey", "act-survey", "agentVep", refuse_to_act),
    Route(
        "GET",
        f"{S}/participantExtendedInfo/{{participant}}",
        "participant",
        "agentVep",
        agent_endpoints.get_participant,
    ),
)
ROUTES: Final = (
    Route("GET", f"{CURRENT}/state", "visit", "smt", visits.get_visit_state),
    Route(
        "GET",
        f"{CURRENT}/campaigns/{{campaign}}/engagements/{{engagement}}/contexts/{{context}}",
        "validate-engagement",
        "smt",
        engagements.validate_engagement,
    ),
    Route("POST", f"{CURRENT}/events", "attributes", "smt", attributes.write_attributes),
    Route("PUT", f"{CURRENT}/events", "attributes", "smt", attributes.write_attributes),
    Route("GET", f"{A}/service/{{service}}/baseURI.json", "domain", "domain", domains.get_domain),
    Route("GET", f"{A}/service/baseURI.json", "domain", "domain", domains.get_domains),
    Route("GET", "csdr/account/{account}/service/{service}/baseURI.json", "domain", "domain", domains.get_domain),
    Route("GET", "csdr/account/{account}/service/baseURI.json", "domain", "domain", domains.get_domains),
    Route("POST", f"{A}/login", "login", "agentVep", login.log_in),
    Route("POST", f"{A}/refresh", "refresh", "agentVep", login.refresh),
    Route("POST", f"{A}/logout", "logout", "agentVep", login.log_out),
    Route("POST", APP, "session", "msdkgw", sessions.create_session),
    Route("POST", f"{APP}/{{visitor}}", "session", "msdkgw", sessions.create_session),
    Route("PUT", f"{APP}/{{visitor}}", "session", "msdkgw", sessions.update_session),
    *CHAT_ROUTES,
)


def find_route(method: str, segments: tuple[str, ...]) -> tuple[Route, dict[str, str]] | None:
    """The route of this address with the names in it, None where LivePerson has no such endpoint here."""
    segments = _drop_suffix(segments)
    for route in ROUTES:
        names = route.match(method, segments)
        if names is not None:
            return route, names
    return None


def _drop_suffix(segments: tuple[str, ...]) -> tuple[str, ...]:
    """Clients of the Chat Agent API may end any of its paths in `.json` (contract 7.2)."""
    is_chat = segments[3:4] in (("agentSession",), ("agentSession.json",))
    return (*segments[:-1], segments[-1].removesuffix(".json")) if is_chat else segments
