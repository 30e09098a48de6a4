"""Surveys before, beside and after a chat, and answers to them (contract 7.14)."""

from __future__ import annotations

from lpcontext.chats.model import Survey, SurveyAnswer, SurveyAnswers, SurveyEntry, SurveyQuestion
from lpcontext.reading import Reader

_MOST_QUESTIONS = 500
_MOST_ENTRIES = 1_000


def read_survey(survey: Reader) -> Survey:
    questions = [_read_question(item) for item in survey.inside("questions").parts("question", most=_MOST_QUESTIONS)]
    questions.sort(key=lambda question: question.order or 0)
    return Survey(
        id=survey.text("id"),
        title=survey.text("title"),
        header=survey.text("header"),
        questions=tuple(questions),
    )


def read_survey_answers(survey: Reader) -> SurveyAnswers:
    """Answers by the ids of their questions, as they are submitted."""
    answers = (
        SurveyAnswer(question_id=item.text("id"), texts=item.texts("answer"))
        for item in survey.parts("question", most=_MOST_QUESTIONS)
    )
    return SurveyAnswers(survey_id=survey.text("id"), answers=tuple(answers))


def _read_question(question: Reader) -> SurveyQuestion:
    return SurveyQuestion(
        id=question.text("id"),
        order=question.whole("order"),
        logic_id=question.text("logicId"),
        mandatory=question.flag("mandatory"),
        validation=question.text("validationType"),
        type=question.text("type"),
        label=question.text("label"),
        last_known_value=question.text("lastKnownValue"),
        entries=tuple(_read_entry(entry) for entry in question.parts("entry", most=_MOST_ENTRIES)),
    )


def _read_entry(entry: Reader) -> SurveyEntry:
    return SurveyEntry(
        value=entry.text("value"),
        display_value=entry.text("displayValue"),
        checked=entry.flag("checked"),
        shows_logic_id=entry.inside("logic").text("showLogicId"),
    )
