"""Stories: what happens in a chat, one or a few per file, and the list of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ...ids import make_chat_id, make_session_id, make_visitor_id
from ...rng import seed_rng
from ..chat import Story
from .documented import DOCUMENTED
from .ferry import CHATTING
from .hostile import HOSTILE
from .long import LONG
from .plain import AUTHENTICATED, UNMONITORED
from .queue import LOST, REQUEUED, WAITING

_ALL: Final = (CHATTING, WAITING, REQUEUED, LOST, UNMONITORED, AUTHENTICATED, LONG, HOSTILE, DOCUMENTED)
STORIES: Final[Mapping[str, Story]] = MappingProxyType({story.name: story for story in _ALL})


def list_stories() -> tuple[Story, ...]:
    """Every story there is."""
    return _ALL


def fixed_chat_ids(story: Story) -> tuple[str, str | None, str | None]:
    """The chatId, visitor and session id under which a story is always there, the same on every machine."""
    rng = seed_rng(f"lasting ids of the chat {story.name}")
    chat_id, visitor_id, session_id = make_chat_id(rng), make_visitor_id(rng), make_session_id(rng)
    return story.ids or (chat_id, visitor_id if story.world else None, session_id if story.world else None)


__all__ = ["STORIES", "Story", "fixed_chat_ids", "list_stories"]
