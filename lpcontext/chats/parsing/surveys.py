"""The questions of a survey before, beside or after a chat, and what is known of their answers (contract 7.14)."""

from __future__ import annotations

from lpcontext.chats.model import Survey, SurveyEntry, SurveyQuestion
from lpcontext.reading import Reader

_MOST_QUESTIONS = 500
_MOST_ENTRIES = 1_000


def read_survey(survey: Reader) -> Survey:
    questions = [
        _read_question(item) for item in survey.child_or_empty("questions").children("question", most=_MOST_QUESTIONS)
    ]
    questions.sort(key=lambda question: question.order or 0)
    return Survey(
        id=survey.text("id"),
        title=survey.text("title"),
        header=survey.text("header"),
        questions=tuple(questions),
    )


def _read_question(question: Reader) -> SurveyQuestion:
    return SurveyQuestion(
        id=question.text("id"),
        order=question.integer("order"),
        logic_id=question.text("logicId"),
        mandatory=question.flag("mandatory"),
        validation=question.text("validationType"),
        type=question.text("type"),
        label=question.text("label"),
        last_known_value=question.text("lastKnownValue"),
        entries=tuple(_read_entry(entry) for entry in question.children("entry", most=_MOST_ENTRIES)),
    )


def _read_entry(entry: Reader) -> SurveyEntry:
    return SurveyEntry(
        value=entry.text("value"),
        display_value=entry.text("displayValue"),
        checked=entry.flag("checked"),
        shows_logic_id=entry.child_or_empty("logic").text("showLogicId"),
    )
