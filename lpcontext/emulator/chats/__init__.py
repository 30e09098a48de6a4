"""Chats: the Chat Agent API, as far as it reads (contract section 7).

Belongs here: agent sessions and their cookies, the agents, chats as stories, their documents as JSON and XML, and
the part of the control API that changes them. Acting on a chat is refused and counted, never done.
`stories/` says what happens in a chat and knows nothing of HTTP, as `worlds/` does for visits.
"""

from .chat import Chat
from .stories import STORIES, Story, fixed_chat_ids, list_stories

__all__ = ["STORIES", "Chat", "Story", "fixed_chat_ids", "list_stories"]
