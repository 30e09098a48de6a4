"""What a survey already knows of its answers."""

from __future__ import annotations

from lpcontext.chats.model import Survey, SurveyAnswer, SurveyEntry, SurveyQuestion


def find_survey_answers(survey: Survey) -> tuple[SurveyAnswer, ...]:
    """The questions that were answered, in their order; those the survey itself would not show are left out."""
    answers = []
    for question in _find_shown(survey):
        texts = _read_texts(question)
        if texts:
            answers.append(SurveyAnswer(question_id=question.id, label=question.label, texts=texts))
    return tuple(answers)


def _find_shown(survey: Survey) -> list[SurveyQuestion]:
    """A question that an entry can show is shown only when that entry is chosen (contract 7.14)."""
    conditional = {entry.shows_logic_id for question in survey.questions for entry in question.entries} - {None}
    opened: set[str | None] = set()
    shown = []
    for question in survey.questions:
        if question.logic_id not in conditional or question.logic_id in opened:
            shown.append(question)
            opened.update(entry.shows_logic_id for entry in _find_chosen(question))
    return shown


def _read_texts(question: SurveyQuestion) -> tuple[str, ...]:
    chosen = tuple(text for entry in _find_chosen(question) if (text := entry.display_value or entry.value))
    return chosen or ((question.last_known_value,) if question.last_known_value else ())


def _find_chosen(question: SurveyQuestion) -> list[SurveyEntry]:
    known = question.last_known_value
    return [entry for entry in question.entries if entry.checked or (known is not None and entry.value == known)]
