"""When to ask again, when to tick again, which word is shown: pure functions of what is known and the clock."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lpcontext.refresh.schedule import due_after_answer, next_tick_ms, state_at
from lpcontext.snapshots import Vitals

NOW = 1_800_000_000_000
LIVE = Vitals(state="live", first_seen_ms=NOW, as_of_ms=NOW, due_ms=NOW + 5000, interval_ms=5000, took_ms=200)


def test_a_fresh_answer_is_live_for_two_intervals_and_then_delayed() -> None:
    assert state_at(LIVE, now_ms=NOW + 10_000) == "live"
    assert state_at(LIVE, now_ms=NOW + 10_001) == "delayed"


@pytest.mark.parametrize("state", ["cached", "ended", "not-found", "unauthorized", "unreadable", "upstream-down"])
def test_no_other_state_turns_into_delayed(state: str) -> None:
    assert state_at(replace(LIVE, state=state), now_ms=NOW + 999_999) == state


def test_nothing_known_is_waiting() -> None:
    assert state_at(None, now_ms=NOW) == "waiting"


def test_answers_are_due_from_start_to_start() -> None:
    assert due_after_answer(started_ms=NOW, now_ms=NOW + 800, interval_ms=5000) == NOW + 5000


def test_an_answer_slower_than_the_interval_is_followed_by_a_short_rest() -> None:
    assert due_after_answer(started_ms=NOW, now_ms=NOW + 9000, interval_ms=5000) == NOW + 9500


def test_a_tick_comes_just_after_the_answer_it_hopes_for() -> None:
    assert next_tick_ms(LIVE, now_ms=NOW + 1000) == 4000 + 200 + 150


def test_an_overdue_answer_is_looked_for_soon_and_then_ever_less_soon() -> None:
    waits = [next_tick_ms(LIVE, now_ms=NOW + 5350 + late) or 0 for late in (0, 1000, 4000, 60_000)]

    assert waits == sorted(waits)
    assert waits[0] == 250
    assert waits[-1] == 5000


def test_waiting_panels_tick_quickly_at_first() -> None:
    waiting = Vitals(state="waiting", first_seen_ms=NOW, due_ms=NOW)

    assert next_tick_ms(waiting, now_ms=NOW) == 100
    assert next_tick_ms(waiting, now_ms=NOW + 60_000) == 1000


@pytest.mark.parametrize(
    "state", ["ended", "not-found", "wrong-visitor", "wrong-session", "bad-request", "wrong-account"]
)
def test_ticking_is_over_when_nothing_is_due(state: str) -> None:
    assert next_tick_ms(replace(LIVE, state=state, due_ms=None), now_ms=NOW) is None


def test_a_retry_minutes_away_does_not_stop_the_ticking() -> None:
    cached = replace(LIVE, state="cached", due_ms=NOW + 480_000)

    assert next_tick_ms(cached, now_ms=NOW) == 10_000
