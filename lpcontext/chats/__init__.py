"""Chats: one chat between a visitor and an agent, and what is around it, in plain Python.

Belongs here: the frozen model, reading LivePerson's JSON and XML into it, the transcript that grows, codes as words,
which id is which, and questions a chat can answer by itself: its status, what was answered, who could take it.
Does not: asking LivePerson, keeping, refreshing, making HTML safe, wording for one screen. No Django, clock, settings.
Looks down on: reading, subjects. May be asked by: masking, snapshots, refresh, panel, api.
"""

from lpcontext.chats.codes import format_chat_state, format_source, format_system_message
from lpcontext.chats.model import (
    UNLIMITED,
    AvailableAgent,
    Chat,
    ChatEvent,
    ChatResponse,
    Participant,
    SurveyAnswer,
    Transcript,
)
from lpcontext.chats.online_agents import find_online_agents
from lpcontext.chats.parsing import (
    Parsed,
    UnreadableChat,
    parse_available_agents,
    parse_available_slots,
    parse_chat,
    parse_chats,
    parse_participant,
    parse_survey,
)
from lpcontext.chats.status import compute_chat_status, is_ended
from lpcontext.chats.survey_answers import find_survey_answers
from lpcontext.chats.transcript import extend_transcript, find_newest_state

__all__ = [
    "UNLIMITED",
    "AvailableAgent",
    "Chat",
    "ChatEvent",
    "ChatResponse",
    "Parsed",
    "Participant",
    "SurveyAnswer",
    "Transcript",
    "UnreadableChat",
    "compute_chat_status",
    "extend_transcript",
    "find_newest_state",
    "find_online_agents",
    "find_survey_answers",
    "format_chat_state",
    "format_source",
    "format_system_message",
    "is_ended",
    "parse_available_agents",
    "parse_available_slots",
    "parse_chat",
    "parse_chats",
    "parse_participant",
    "parse_survey",
]
