"""The last we knew of a chat."""

from __future__ import annotations

import msgspec

from lpcontext.chats import AvailableAgent, Chat, Participant, SurveyAnswer, Transcript
from lpcontext.snapshots.model import SubjectStatus
from lpcontext.subjects import State, VisitKey


class StoredChat(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A chat as last read, all its lines, and what was asked for around it. `visit` is the visit behind it."""

    chat: Chat | None = None
    transcript: Transcript = Transcript()
    visit: VisitKey | None = None
    agents: tuple[AvailableAgent, ...] = ()
    slots: int | None = None
    answers: tuple[SurveyAnswer, ...] = ()
    participant: Participant | None = None
    extras_at_ms: int | None = None


class ChatSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """What the panel shows of a chat. `as_of_ms` and `next_try_ms` are set only where they are shown."""

    state: State
    chat: Chat | None = None
    transcript: Transcript = Transcript()
    as_of_ms: int | None = None
    ended_at_ms: int | None = None
    next_try_ms: int | None = None
    agents: tuple[AvailableAgent, ...] = ()
    slots: int | None = None
    answers: tuple[SurveyAnswer, ...] = ()
    participant: Participant | None = None
    unmonitored: bool = False

    @classmethod
    def of(cls, status: SubjectStatus, stored: StoredChat | None) -> ChatSnapshot:
        """Of what is kept; `stored` None where no answer has come, or it cannot be opened."""
        stored = stored or StoredChat()
        return cls(
            state=status.state,
            chat=stored.chat,
            transcript=stored.transcript,
            as_of_ms=status.shown_as_of_ms,
            ended_at_ms=status.ended_at_ms,
            next_try_ms=status.shown_next_try_ms,
            agents=stored.agents,
            slots=stored.slots,
            answers=stored.answers,
            participant=stored.participant,
            unmonitored=stored.chat is not None and stored.visit is None,
        )
