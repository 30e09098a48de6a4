"""LivePerson's words and codes of a chat as words an agent reads (contract 7.6, 7.9, 7.10).

Only documented ones have words. A number without one is shown as such ("system message 99"), a text as it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CHAT_STATES: Mapping[str, str] = MappingProxyType(
    {"waiting": "Waiting for an agent", "chatting": "Chatting", "ended": "Ended"}
)

SYSTEM_MESSAGES: Mapping[int, str] = MappingProxyType(
    {
        2: "All agents are busy",
        3: "An agent accepted the chat",
        4: "Looking for an agent",
        5: "The agent ended the chat",
        6: "Disconnected unexpectedly",
        13: "Transferred to another agent",
        15: "Transferred to another skill",
        22: "Ticket number given",
        23: "Back in the queue",
    }
)

PRESENCES: Mapping[str, str] = MappingProxyType({"1": "Offline", "2": "Online", "3": "Occupied", "4": "Away"})
"""An agent's availability by its codes, as the list of agents has it; elsewhere LivePerson sends the words."""

SOURCES: Mapping[str, str] = MappingProxyType({"system": "System", "agent": "Agent", "visitor": "Visitor"})


def format_chat_state(state: str | None) -> str | None:
    return None if state is None else CHAT_STATES.get(state.lower(), state)


def format_system_message(message_id: int | None) -> str | None:
    """What a line of the system is about, whatever language its text is in."""
    return None if message_id is None else SYSTEM_MESSAGES.get(message_id) or f"system message {message_id}"


def format_source(source: str | None) -> str | None:
    """Who spoke."""
    return None if source is None else SOURCES.get(source.lower(), source)
