"""What a survey already knows of its answers."""

from __future__ import annotations

from lpcontext.chats.model import Survey, SurveyAnswer, SurveyEntry, SurveyQuestion
from lpcontext.chats.survey_answers import find_survey_answers
from tests.chats.responses import parse_documented


def question(
    id_: str, *, known: str | None = None, logic_id: str | None = None, entries: tuple[SurveyEntry, ...] = ()
) -> SurveyQuestion:
    return SurveyQuestion(id=id_, label=f"Q{id_}", last_known_value=known, logic_id=logic_id, entries=entries)


def answers_of(*questions: SurveyQuestion) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(answer.question_id, answer.texts) for answer in find_survey_answers(Survey(questions=questions))]


def test_the_documented_agent_survey_knows_one_answer() -> None:
    assert find_survey_answers(parse_documented("agent-survey-doc.xml")) == (
        SurveyAnswer(question_id="16148804", label="Order Total for Internal Orders ONLY", texts=("666",)),
    )


def test_every_checked_entry_is_an_answer_in_the_words_that_are_shown() -> None:
    entries = (
        SurveyEntry(value="a", checked=True),
        SurveyEntry(value="b", checked=False),
        SurveyEntry(value="c", display_value="See", checked=True),
    )

    assert answers_of(question("1", entries=entries)) == [("1", ("a", "See"))]


def test_a_known_value_chooses_its_entry() -> None:
    assert answers_of(question("1", known="yes", entries=(SurveyEntry(value="yes", display_value="Yes"),))) == [
        ("1", ("Yes",))
    ]


def test_a_question_that_no_chosen_entry_shows_is_left_out() -> None:
    cats = SurveyEntry(value="CATS", shows_logic_id="5")
    name = question("2", known="John", logic_id="5")

    assert answers_of(question("1", entries=(cats,)), name) == []
    assert answers_of(question("1", known="CATS", entries=(cats,)), name) == [("1", ("CATS",)), ("2", ("John",))]


def test_the_documented_pre_chat_survey_hides_the_name_nobody_asked_for() -> None:
    assert find_survey_answers(parse_documented("serverchat-prechat-survey-doc.json")) == ()
