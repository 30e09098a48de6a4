"""LivePerson's JSON and XML of a chat into ours; both spellings and all their shapes end here."""

from lpcontext.chats.parsing.chat import (
    ParsedChat,
    parse_chat,
    parse_chat_events,
    parse_chat_info,
    parse_chat_sessions,
    parse_chats,
    parse_typing,
    parse_visitor_name,
)
from lpcontext.chats.parsing.chat_extras import (
    parse_agent_info,
    parse_agent_session,
    parse_availability,
    parse_available_agents,
    parse_available_slots,
    parse_location,
    parse_participant,
    parse_survey,
    parse_survey_answers,
    parse_transfer_skills,
)
from lpcontext.chats.parsing.errors import AnotherChat, UnreadableChat
from lpcontext.chats.parsing.links import NextPage, find_last_segment, find_link, find_next_page
from lpcontext.chats.parsing.spelling import Parsed

__all__ = [
    "AnotherChat",
    "NextPage",
    "Parsed",
    "ParsedChat",
    "UnreadableChat",
    "find_last_segment",
    "find_link",
    "find_next_page",
    "parse_agent_info",
    "parse_agent_session",
    "parse_availability",
    "parse_available_agents",
    "parse_available_slots",
    "parse_chat",
    "parse_chat_events",
    "parse_chat_info",
    "parse_chat_sessions",
    "parse_chats",
    "parse_location",
    "parse_participant",
    "parse_survey",
    "parse_survey_answers",
    "parse_transfer_skills",
    "parse_typing",
    "parse_visitor_name",
]
