"""What is asked for around a chat: agents and slots of its skill, who its participant is, what was answered before it.

Best effort, for nothing here may cost the chat itself; asked once a round and skill, however many chats share it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from lpcontext.chats import (
    AvailableAgent,
    Parsed,
    Participant,
    SurveyAnswer,
    UnreadableChat,
    find_survey_answers,
    parse_available_agents,
    parse_available_slots,
    parse_participant,
    parse_survey,
)
from lpcontext.liveperson import ChatAgentClient, LivePersonError
from lpcontext.snapshots import count

Found = TypeVar("Found")


class ChatExtras:
    """For one round, which is over at `until_ms` (epoch ms): what was not asked for by then comes with a later one."""

    def __init__(self, chat_agent: ChatAgentClient, *, until_ms: int, now: Callable[[], int]) -> None:
        self._chat_agent = chat_agent
        self._until_ms, self._now = until_ms, now
        self._agents: dict[str | None, tuple[AvailableAgent, ...]] = {}
        self._slots: dict[str | None, int | None] = {}

    def find_agents(self, skill: str | None) -> tuple[AvailableAgent, ...]:
        if skill not in self._agents:
            found = self._try(lambda: parse_available_agents(self._chat_agent.available_agents(skill)))
            self._agents[skill] = found or ()
        return self._agents[skill]

    def find_slots(self, skill: str | None) -> int | None:
        if skill not in self._slots:
            self._slots[skill] = self._try(lambda: parse_available_slots(self._chat_agent.available_slots(skill)))
        return self._slots[skill]

    def find_participant(self, participant_id: str | None) -> Participant | None:
        if not participant_id:
            return None
        return self._try(lambda: parse_participant(self._chat_agent.participant(participant_id)))

    def find_answers(self, chat_id: str) -> tuple[SurveyAnswer, ...]:
        """No document says where pre-chat answers are read (contract 7.14): what the survey already knows is shown."""
        survey = self._try(lambda: parse_survey(self._chat_agent.survey(chat_id)))
        return find_survey_answers(survey) if survey else ()

    def _try(self, ask: Callable[[], Parsed[Found]]) -> Found | None:
        if self._now() > self._until_ms:
            return None
        try:
            return ask().value
        except (LivePersonError, UnreadableChat) as error:
            count("chat_surroundings_missed", kind=type(error).__name__)
            return None
