"""When a child that ended is started again."""

from __future__ import annotations

from lpcontext.cli.backoff import Backoff


def exit_often(backoff: Backoff, times: int, *, ran_seconds: float = 0.5) -> Backoff:
    for _ in range(times):
        backoff = backoff.after_exit(ran_seconds=ran_seconds)
    return backoff


def test_pauses_double_up_to_ten_seconds() -> None:
    pauses = [exit_often(Backoff(), times).pause_seconds for times in range(1, 10)]

    assert pauses == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0, 10.0]


def test_a_child_that_has_not_ended_waits_for_nothing() -> None:
    assert Backoff().pause_seconds == 0.0


def test_a_child_that_ran_for_a_while_begins_with_the_shortest_pause() -> None:
    assert exit_often(Backoff(), 8).after_exit(ran_seconds=9.9).pause_seconds == 10.0
    assert exit_often(Backoff(), 8).after_exit(ran_seconds=10.0).pause_seconds == 0.2


def test_one_that_never_was_up_is_given_up_after_the_fifth_end_in_a_row() -> None:
    assert not exit_often(Backoff(), 4).is_hopeless
    assert exit_often(Backoff(), 5).is_hopeless
    assert not exit_often(Backoff(), 50, ran_seconds=10.0).is_hopeless


def test_one_that_was_up_is_never_given_up() -> None:
    days = exit_often(Backoff().after_ready(), 100_000)

    assert not days.is_hopeless
    assert days.pause_seconds == 10.0
