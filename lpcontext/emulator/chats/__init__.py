"""Chats: what happens in them, by the clock.

Belongs here: the chats of an account, its agents and their skills, its agent sessions. `stories/` says what happens in
a chat, as `worlds/` does for visits. Does not: anything of HTTP (`chat_agent`).
"""

from .chat import Chat
from .stories import STORIES, Story, fixed_chat_ids, list_stories

__all__ = ["STORIES", "Chat", "Story", "fixed_chat_ids", "list_stories"]
