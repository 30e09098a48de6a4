"""What the calls of the Chat Agent API are called in the log, and by the faults for them."""

from __future__ import annotations

from typing import Final

CHAT_READS: Final = (
    "chat",
    "chats",
    "chat-events",
    "chat-info",
    "visitor-name",
    "visitor-typing",
    "agent-typing",
    "transfer-skills",
    "survey",
)
AGENT_READS: Final = (
    "agent-resources",
    "agent-info",
    "availability",
    "available-agents",
    "available-slots",
    "incoming-requests",
    "chat-sessions",
    "participant",
)
# Whatever needs an agent session and changes nothing.
READS: Final = (*AGENT_READS, *CHAT_READS)
