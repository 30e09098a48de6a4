"""The steps that a chat's story is written in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ..agents import Agent, Skill
from ..chat import Chat, Side

Document = dict[str, Any]

WELCOME: Final = "Thank you for choosing to chat with us.  An agent will be with you shortly."


def queue_up(chat: Chat) -> None:
    """How every chat begins."""
    chat.enter("waiting")
    chat.announce(4, WELCOME)


def write_line(chat: Chat, side: Side, text: str, *, seconds: float = 4, **more: Any) -> Iterator[float]:
    """Somebody types for a while, sends the line, and rests for a breath."""
    chat.set_typing(side)
    yield seconds
    chat.say(side, text, **more)
    yield 1.5


def transfer(chat: Chat, agent: Agent, skill: Skill) -> Iterator[float]:
    """The agent hands the chat on; the engine keeps two events of that to itself."""
    chat.announce(15, f"You are being transferred to {skill.name}.")
    chat.announce(13, f"Please wait while I transfer the chat to '{agent.nickname}'.")
    chat.skip_numbers(2)
    yield 6
    chat.skill, chat.agent = skill, agent
    chat.announce(3, f"You are now chatting with {agent.nickname}.")


def hang_up(chat: Chat) -> None:
    """The agent ends the chat."""
    chat.announce(5, "The chat session has ended. Thank you for chatting with us.")
    chat.enter("ended")
