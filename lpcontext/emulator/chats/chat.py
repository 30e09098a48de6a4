"""One chat, and the story it goes through: what that has done so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType
from typing import Any, Final, Literal

from ..caller import Caller
from ..clocked_story import ClockedStory
from ..ids import make_participant_id
from ..rng import seed_rng
from .agents import Agent, Skill
from .survey import make_survey
from .times import write_time

Document = dict[str, Any]
Script = Callable[["Chat", Random], Iterator[float]]
State = Literal["waiting", "chatting", "ended"]
Side = Literal["agent", "visitor"]

# The visitor's window asks for news this often, and each time `lastUpdate` moves.
BEAT_MS: Final = 5_000
TIMEOUT_SECONDS: Final = 40


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


class Chat(ClockedStory):
    """A chat and its story. `visitor_id` and `session_id` lead to its visit; both are None without monitoring."""

    def __init__(
        self, *, story: Story, chat_id: str, visitor_id: str | None, session_id: str | None, began_ms: int, seed: str
    ) -> None:
        super().__init__(began_ms=began_ms)
        self.story = story
        self.chat_id = chat_id
        self.visitor_id = visitor_id
        self.session_id = session_id
        self.state: State = "waiting"
        self.agent: Agent | None = None
        self.skill: Skill | None = story.skill
        self.visitor_name = story.visitor_name
        self.events: list[Document] = []
        self.typing: dict[str, str] = {"agent": "not-typing", "visitor": "not-typing"}
        self.facts: Document = dict(story.facts)
        self.rng = seed_rng(f"{seed}:{story.name}:{chat_id}")
        self.engine_visitor_id = self.rng.randrange(10**15, 10**16)
        self.rt_session_id = self.rng.randrange(2**32, 2**32 + 10**6)
        self.participant_id = make_participant_id(self.rng) if story.participant else None
        self._numbers: list[int] = []
        self._next_number = 0
        self._touched_ms = began_ms
        self._silent_ms: int | None = None
        self._story = story.script(self, self.rng)

    @property
    def next_number(self) -> int:
        """The `from` of the next poll; may be past the last event's id + 1."""
        return self._next_number

    def events_from(self, number: int) -> list[Document]:
        """The events with this id and above."""
        return self.events[bisect_left(self._numbers, number) :]

    def last_update_ms(self, now_ms: int) -> int:
        """When the chat was last heard of: the visitor's window beats while it is open."""
        until_ms = min(self.frozen_ms or now_ms, self._silent_ms or now_ms)
        beats = max(0, until_ms - self.began_ms) // BEAT_MS
        return max(self._touched_ms, self.began_ms + beats * BEAT_MS)

    def add_event(self, event: Document, *, at_ms: int | None = None) -> None:
        """Something happened; `event` has `@type` and what belongs to it, the number and the time are put before."""
        moment_ms = self.moment_ms if at_ms is None else at_ms
        stamp = {"@id": str(self._next_number), "@type": event.get("@type", "line"), "time": write_time(moment_ms)}
        self.events.append(stamp | event)
        self._numbers.append(self._next_number)
        self._next_number += 1
        self._touched_ms = max(self._touched_ms, moment_ms)

    def skip_numbers(self, count: int) -> None:
        """Events of the engine's own that no agent gets to see."""
        self._next_number += count

    def enter(self, state: State, *, at_ms: int | None = None) -> None:
        """The chat waits, goes on, or ends, which stops everybody's typing and the visitor's beat."""
        self.state = state
        self.add_event({"@type": "state", "state": state}, at_ms=at_ms)
        if state == "ended":
            self.typing = dict.fromkeys(self.typing, "not-typing")
            self.fall_silent(at_ms=at_ms)

    def fall_silent(self, *, at_ms: int | None = None) -> None:
        """The visitor's window is gone: `lastUpdate` moves no more, and the time-out runs."""
        self._silent_ms = self.moment_ms if at_ms is None else at_ms

    def set_typing(self, side: Side, types: bool = True) -> None:
        """Whether this side is typing now."""
        self.typing = self.typing | {side: "typing" if types else "not-typing"}

    def say(
        self,
        side: Side,
        text: str,
        *,
        text_type: str | None = "plain",
        by: str | None = None,
        sub_type: str = "REGULAR",
        at_ms: int | None = None,
    ) -> None:
        """A line by somebody, who then no longer types. Without `by`: under their nickname."""
        nickname = (self.agent.nickname if self.agent else "agent") if side == "agent" else self.visitor_name
        line = {"@type": "line", "textType": text_type, "text": text, "by": by or nickname, "source": side}
        known = {name: value for name, value in line.items() if value is not None}
        self.set_typing(side, False)
        self.add_event(known | {"subType": sub_type}, at_ms=at_ms)

    def announce(self, message_id: int, text: str, *, at_ms: int | None = None) -> None:
        """A system message (contract 7.10)."""
        line = {"@type": "line", "textType": "plain", "text": text, "by": "info", "source": "system"}
        self.add_event(line | {"systemMessageId": message_id, "subType": "REGULAR"}, at_ms=at_ms)

    def accept(self, agent: Agent) -> None:
        """An agent takes the chat."""
        self.agent = agent
        self.enter("chatting")
        self.announce(3, f"You are now chatting with {agent.nickname}.")
