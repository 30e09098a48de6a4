"""LivePerson's JSON and XML of a chat into ours; both spellings and all their shapes end here."""

from lpcontext.chats.parsing.chat import parse_chat, parse_chats
from lpcontext.chats.parsing.chat_extras import (
    parse_available_agents,
    parse_available_slots,
    parse_participant,
    parse_survey,
)
from lpcontext.chats.parsing.errors import AnotherChat, UnreadableChat
from lpcontext.chats.parsing.spelling import Parsed

__all__ = [
    "AnotherChat",
    "Parsed",
    "UnreadableChat",
    "parse_available_agents",
    "parse_available_slots",
    "parse_chat",
    "parse_chats",
    "parse_participant",
    "parse_survey",
]
