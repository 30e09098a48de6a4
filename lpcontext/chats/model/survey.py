"""A survey before, beside or after a chat, and what was answered."""

from __future__ import annotations

from lpcontext.chats.model.value import ChatValue


class SurveyEntry(ChatValue, frozen=True):
    """One choice of a question; choosing it shows the questions with this logic id."""

    value: str | None = None
    display_value: str | None = None
    checked: bool | None = None
    shows_logic_id: str | None = None


class SurveyQuestion(ChatValue, frozen=True):
    """One question of a survey; `validation` and `type` in LivePerson's words."""

    id: str | None = None
    order: int | None = None
    logic_id: str | None = None
    mandatory: bool | None = None
    validation: str | None = None
    type: str | None = None
    label: str | None = None
    last_known_value: str | None = None
    entries: tuple[SurveyEntry, ...] = ()


class Survey(ChatValue, frozen=True):
    """A pre-chat, agent or exit survey; questions in their order."""

    id: str | None = None
    title: str | None = None
    header: str | None = None
    questions: tuple[SurveyQuestion, ...] = ()


class SurveyAnswer(ChatValue, frozen=True):
    """What was answered; several texts for a checkbox. The label is known where the question is."""

    question_id: str | None = None
    label: str | None = None
    texts: tuple[str, ...] = ()
