"""What LivePerson knows around a chat: agents, slots, a survey, the participant."""

from __future__ import annotations

from lpcontext.chats.model import AvailableAgent, Participant, Survey
from lpcontext.chats.parsing.agents import read_available_agents
from lpcontext.chats.parsing.participants import read_participant
from lpcontext.chats.parsing.spelling import Parsed, ResponseReader
from lpcontext.chats.parsing.surveys import read_survey


def parse_available_agents(body: object) -> Parsed[tuple[AvailableAgent, ...]]:
    """Every enabled agent, online or not (resource 5). Raises UnreadableChat."""
    response = ResponseReader(body)
    return response.parsed(read_available_agents(response.find_object("availableAgents", known={"agents"})))


def parse_available_slots(body: object) -> Parsed[int | None]:
    """How many chats could begin now (resource 6); UNLIMITED is without end. Raises UnreadableChat."""
    response = ResponseReader(body)
    return response.parsed(response.require("availableSlots").between("availableSlots", -1, 10**9))


def parse_survey(body: object) -> Parsed[Survey]:
    """A survey's questions and what is known of their answers (resource 22). Raises UnreadableChat."""
    response = ResponseReader(body)
    return response.parsed(read_survey(response.find_object("survey", known={"questions"})))


def parse_participant(body: object) -> Parsed[Participant]:
    """Who the brand's sign-on says the visitor is (resource 24). Raises UnreadableChat."""
    response = ResponseReader(body)
    info = response.find_object("authenticatedParticipantInfo", known={"participantId", "isUserAuthenticated"})
    return response.parsed(read_participant(info, personal=response.top.child_or_empty("authenticatedPersonalInfo")))
