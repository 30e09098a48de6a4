"""When to ask again, when to tick again, which word is shown: pure functions of what is known and the clock."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lpcontext.refresh.timing import (
    HURRY_MS,
    due_after_answer,
    due_in_a_hurry,
    next_tick_ms,
    stale_at,
    state_at,
    watch_ms,
)
from lpcontext.snapshots import SubjectStatus
from lpcontext.subjects import State

NOW = 1_800_000_000_000
LIVE = SubjectStatus(
    state=State.LIVE, first_seen_ms=NOW, as_of_ms=NOW, due_ms=NOW + 5000, interval_ms=5000, took_ms=200
)
OVER = [state for state in State if state.is_over and state is not State.REFUSED]


def test_a_fresh_answer_is_live_for_two_intervals_and_then_delayed() -> None:
    assert state_at(LIVE, now_ms=NOW + 10_000) == "live"
    assert state_at(LIVE, now_ms=NOW + 10_001) == "delayed"
    assert stale_at(LIVE) == NOW + 10_001


def test_an_answer_of_a_clock_that_was_set_back_since_is_not_live_for_ever() -> None:
    assert state_at(LIVE, now_ms=NOW - 10_000) == "live"
    assert state_at(LIVE, now_ms=NOW - 3_600_000) == "delayed"


@pytest.mark.parametrize("state", sorted(set(State) - {State.LIVE}))
def test_no_other_state_turns_into_delayed(state: State) -> None:
    assert state_at(replace(LIVE, state=state), now_ms=NOW + 999_999) == state
    assert stale_at(replace(LIVE, state=state)) is None


def test_nothing_known_is_waiting() -> None:
    assert state_at(None, now_ms=NOW) == "waiting"


def test_answers_are_due_from_due_to_due() -> None:
    assert due_after_answer(due_ms=NOW, asked_ms=NOW + 90, now_ms=NOW + 800, interval_ms=5000) == NOW + 5000
    assert due_after_answer(due_ms=NOW, asked_ms=NOW - 15, now_ms=NOW + 800, interval_ms=5000) == NOW + 5000


@pytest.mark.parametrize("due_ms", [None, NOW - 60_000, NOW + 60_000])
def test_what_was_asked_for_at_another_time_begins_a_clock_of_its_own(due_ms: int | None) -> None:
    assert due_after_answer(due_ms=due_ms, asked_ms=NOW, now_ms=NOW + 800, interval_ms=5000) == NOW + 5000


def test_an_answer_slower_than_the_interval_is_followed_by_a_short_rest() -> None:
    assert due_after_answer(due_ms=NOW, asked_ms=NOW, now_ms=NOW + 9000, interval_ms=5000) == NOW + 9500


def test_a_tick_comes_just_after_the_answer_it_hopes_for() -> None:
    assert next_tick_ms(LIVE, now_ms=NOW + 100) == 4900 + 200 + 200


def test_a_tick_out_of_step_waits_for_the_answer_after_the_next() -> None:
    assert next_tick_ms(LIVE, now_ms=NOW + 3000) == 2000 + 200 + 200 + 5000


@pytest.mark.parametrize("late_ms", [0, 1, 1000, 4000, 60_000, 600_000])
def test_an_overdue_answer_is_looked_for_an_interval_later_and_no_sooner(late_ms: int) -> None:
    assert next_tick_ms(LIVE, now_ms=NOW + 5400 + late_ms) == 5000


@pytest.mark.parametrize("step_ms", range(0, 30_000, 250))
def test_no_lateness_makes_panels_ask_more_often(step_ms: int) -> None:
    """But for their own jitter, which keeps them in step."""
    pause_ms = next_tick_ms(LIVE, now_ms=NOW + step_ms)

    assert pause_ms is not None
    assert pause_ms >= 0.8 * LIVE.interval_ms


def test_an_agent_in_a_hurry_comes_back_with_the_answer() -> None:
    asked = replace(LIVE, due_ms=NOW)

    assert next_tick_ms(asked, now_ms=NOW, in_a_hurry=True) == 400
    assert next_tick_ms(asked, now_ms=NOW + 9000, in_a_hurry=True) == 400
    assert next_tick_ms(replace(asked, took_ms=9000), now_ms=NOW + 9000, in_a_hurry=True) == 5000
    assert next_tick_ms(replace(asked, took_ms=0), now_ms=NOW + 9000, in_a_hurry=True) == 200
    assert next_tick_ms(replace(LIVE, due_ms=NOW + 480_000), now_ms=NOW, in_a_hurry=True) == 5000


def test_waiting_panels_tick_quickly_at_first_and_ever_less_so() -> None:
    waiting = SubjectStatus(state=State.WAITING, first_seen_ms=NOW, due_ms=NOW)
    pauses = [next_tick_ms(waiting, now_ms=NOW + waited) or 0 for waited in (0, 400, 4000, 60_000)]

    assert pauses == [30, 66, 666, 5000]
    assert next_tick_ms(None, now_ms=NOW) == 30


@pytest.mark.parametrize("state", OVER)
def test_ticking_is_over_when_nothing_is_due(state: State) -> None:
    assert next_tick_ms(replace(LIVE, state=state, due_ms=None), now_ms=NOW) is None


def test_a_retry_minutes_away_does_not_stop_the_ticking() -> None:
    cached = replace(LIVE, state=State.CACHED, due_ms=NOW + 480_000)

    assert next_tick_ms(cached, now_ms=NOW) == 10_000


def test_a_watch_lasts_longer_than_any_panel_rests() -> None:
    longest = max(next_tick_ms(LIVE, now_ms=NOW + step) or 0 for step in range(0, 30_000, 50))

    assert watch_ms() == 13_000
    assert longest < watch_ms()


@pytest.mark.parametrize("state", [State.LIVE, State.ENDED, State.NOT_FOUND])
def test_a_hurry_waits_a_second_from_the_last_question_and_not_from_the_last_answer(state: State) -> None:
    asked = replace(LIVE, state=state, as_of_ms=None, asked_ms=NOW)

    assert due_in_a_hurry(asked, now_ms=NOW + 10) == NOW + HURRY_MS
    assert due_in_a_hurry(asked, now_ms=NOW + 9000) == NOW + 9000
    assert due_in_a_hurry(replace(asked, asked_ms=None), now_ms=NOW) == NOW
    assert due_in_a_hurry(asked, now_ms=NOW - 3_600_000) == NOW - 3_600_000 + HURRY_MS  # a clock was set back


@pytest.mark.parametrize("state", [state for state in State if state.is_trouble])
def test_where_something_is_wrong_a_hurry_waits_an_interval(state: State) -> None:
    assert due_in_a_hurry(replace(LIVE, state=state, asked_ms=NOW), now_ms=NOW + 10) == NOW + LIVE.interval_ms
