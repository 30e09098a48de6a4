"""What a chat's story is made of, and the steps it is written in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from ...worlds.story_dsl import Caller
from ..agents import Agent, Skill

if TYPE_CHECKING:
    from ..chat import Chat, Side

Document = dict[str, Any]
Script = Callable[["Chat", Random], Iterator[float]]

WELCOME: Final = "Thank you for choosing to chat with us.  An agent will be with you shortly."
ENTRY_TYPES: Final = ("Radio Button", "Dropdown Box", "Checkbox")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One chat and what never changes in it.

    `world` is what the visitor does on the site meanwhile; None: nobody monitors it, and the chat has no shark ids.
    `ids` are the lasting chatId, vid and sid. `participant` is who signed in (7.15), without the participantId.
    """

    name: str
    summary: str
    script: Script
    world: str | None
    skill: Skill | None = None
    visitor_name: str = "visitor"
    language: str = "en-US"
    minutes_before: float = 0.0
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    participant: Document | None = None
    survey: Document = field(default_factory=lambda: make_survey("40292"))
    caller: Caller | None = None
    ids: tuple[str, str | None, str | None] | None = None


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


def make_survey(number: str, *questions: Document, header: str = "After the chat") -> Document:
    """An agent survey in the documented shape (7.14)."""
    return {"@id": number, "header": header, "questions": {"question": list(questions)}}


def ask_in_survey(
    number: str,
    label: str,
    *entries: str,
    order: int = 0,
    mandatory: bool = False,
    kind: str = "Text Field",
    validation: str = "alpha_numeric",
    logic: str | None = None,
    answer: str | None = None,
    shows: Mapping[str, str] = MappingProxyType({}),
) -> Document:
    """One question. `answer` is the last known one; `shows` says which entry shows the question of which logicId."""
    choices = [
        {"value": entry} | ({"logic": {"showLogicId": shows[entry]}} if entry in shows else {}) for entry in entries
    ]
    question: Document = {
        "@mandatory": str(mandatory).lower(),
        "@order": str(order),
        "@logicId": logic or str(order + 1),
        "@id": number,
        "@validationType": validation,
        "@type": kind,
        "label": label,
    }
    return question | ({"entry": choices} if kind in ENTRY_TYPES else {"lastKnownValue": answer or ""})
