"""What follows from each state, written twice: in the enum, and here as docs/architecture.md has it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lpcontext.subjects import State

QUESTIONS = {
    "is_over",
    "is_refused_at_first",
    "keeps_snapshot",
    "is_trouble",
    "waits_for_credentials",
    "shows_next_try",
}
YES: Mapping[State, set[str]] = {
    State.WAITING: set(),
    State.LIVE: {"keeps_snapshot"},
    State.DELAYED: {"keeps_snapshot"},
    State.CACHED: {"keeps_snapshot", "is_trouble", "shows_next_try"},
    State.UPSTREAM_DOWN: {"keeps_snapshot", "is_trouble", "shows_next_try"},
    State.ENDED: {"keeps_snapshot", "is_over"},
    State.NOT_FOUND: {"keeps_snapshot", "is_over", "is_refused_at_first"},
    State.WRONG_VISITOR: {"keeps_snapshot", "is_over", "is_refused_at_first", "is_trouble"},
    State.WRONG_SESSION: {"keeps_snapshot", "is_over", "is_refused_at_first", "is_trouble"},
    State.WRONG_ACCOUNT: {"keeps_snapshot", "is_over", "is_refused_at_first", "is_trouble"},
    State.BAD_REQUEST: {"keeps_snapshot", "is_over", "is_refused_at_first", "is_trouble"},
    State.UNAUTHORIZED: {"keeps_snapshot", "is_trouble", "waits_for_credentials"},
    State.AGENT_SESSION_REFUSED: {"keeps_snapshot", "is_trouble", "waits_for_credentials"},
    State.UNREADABLE: {"keeps_snapshot", "is_trouble"},
    State.MEMORY_DOWN: {"is_trouble"},
    State.REFUSED: {"is_over"},
}


def test_the_table_has_every_state_and_every_question() -> None:
    asked = {name for name, value in vars(State).items() if isinstance(value, property) and not name.startswith("_")}

    assert set(YES) == set(State)
    assert asked == QUESTIONS


@pytest.mark.parametrize("state", State)
def test_each_question_is_answered_as_the_design_has_it(state: State) -> None:
    assert {question for question in QUESTIONS if getattr(state, question)} == YES[state]


@pytest.mark.parametrize("state", State)
def test_a_state_is_its_word_wherever_a_text_is_wanted(state: State) -> None:
    assert f"{state}" == str(state) == state.value == state
