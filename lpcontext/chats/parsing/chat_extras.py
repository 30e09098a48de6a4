"""What LivePerson tells around a chat: agents, slots, surveys, the participant, and where a new thing lies."""

from __future__ import annotations

from lpcontext.chats.model import (
    AgentInfo,
    AgentSession,
    Availability,
    AvailableAgents,
    Link,
    Participant,
    Skill,
    Survey,
    SurveyAnswers,
)
from lpcontext.chats.parsing.agents import (
    AGENT_FIELDS,
    AVAILABILITY_FIELDS,
    read_agent_info,
    read_agent_session,
    read_availability,
    read_available_agents,
    read_transfer_skills,
)
from lpcontext.chats.parsing.errors import UnreadableChat
from lpcontext.chats.parsing.links import read_links
from lpcontext.chats.parsing.participants import read_participant
from lpcontext.chats.parsing.spelling import Parsed, ResponseReader
from lpcontext.chats.parsing.surveys import read_survey, read_survey_answers

_LOCATIONS = ("agentSessionLocation", "chatLocation", "chatEventLocation")


def parse_availability(told: object) -> Parsed[Availability]:
    """The agent's own availability (resource 3). Raises UnreadableChat."""
    opened = ResponseReader(told)
    return opened.parsed(read_availability(opened.body("availability", known=AVAILABILITY_FIELDS)))


def parse_available_agents(told: object) -> Parsed[AvailableAgents]:
    """Every enabled agent, online or not (resource 5). Raises UnreadableChat."""
    opened = ResponseReader(told)
    return opened.parsed(read_available_agents(opened.body("availableAgents", known={"agents"})))


def parse_available_slots(told: object) -> Parsed[int | None]:
    """How many chats could begin now (resource 6); UNLIMITED is without end. Raises UnreadableChat."""
    opened = ResponseReader(told)
    return opened.parsed(opened.require("availableSlots").between("availableSlots", -1, 10**9))


def parse_agent_info(told: object) -> Parsed[AgentInfo]:
    """The agent this agent session belongs to (resource 7). Raises UnreadableChat."""
    opened = ResponseReader(told)
    return opened.parsed(read_agent_info(opened.body("info", known=AGENT_FIELDS)))


def parse_agent_session(told: object) -> Parsed[AgentSession]:
    """What an agent session offers (resource 2). Raises UnreadableChat."""
    opened = ResponseReader(told)
    return opened.parsed(read_agent_session(opened.body("agentSessionId", known={"link"})))


def parse_transfer_skills(told: object) -> Parsed[tuple[Skill, ...]]:
    """Skills with at least one agent online (resource 20). Raises UnreadableChat."""
    opened = ResponseReader(told)
    return opened.parsed(read_transfer_skills(opened.body("transfer", known={"skill"})))


def parse_survey(told: object) -> Parsed[Survey]:
    """A survey's questions and what is known of their answers (resource 22). Raises UnreadableChat."""
    opened = ResponseReader(told)
    return opened.parsed(read_survey(opened.body("survey", known={"questions"})))


def parse_survey_answers(told: object) -> Parsed[SurveyAnswers]:
    """Answers as they are submitted (resource 23, and the chat window's own hook). Raises UnreadableChat."""
    opened = ResponseReader(told)
    return opened.parsed(read_survey_answers(opened.body("survey", known={"question"})))


def parse_participant(told: object) -> Parsed[Participant]:
    """Who the brand's sign-on says the visitor is (resource 24). Raises UnreadableChat."""
    opened = ResponseReader(told)
    info = opened.body("authenticatedParticipantInfo", known={"participantId", "isUserAuthenticated"})
    return opened.parsed(read_participant(info, personal=opened.top.inside("authenticatedPersonalInfo")))


def parse_location(told: object) -> Parsed[Link]:
    """Where LivePerson has put what was just made: its answer 201. Raises UnreadableChat."""
    opened = ResponseReader(told)
    name = next((name for name in _LOCATIONS if opened.top.has(name)), None)
    links = read_links(opened.body(name, known=())) if name else ()
    location = next((link for link in links if link.rel == "location"), None)
    if location is None:
        raise UnreadableChat("the answer has no location")
    return opened.parsed(location)
