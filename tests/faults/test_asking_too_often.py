"""429, hangs and impatient agents: an account pauses as one, comes back soon, and "refresh now" passes no pause."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise

import pytest

from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import Look, VisitSubject

pytestmark = pytest.mark.concurrent

INTERVAL_MS = 1_000
VISITS = 6
RETRY_AFTER_SECONDS = 4
PRESSES, PRESSED_SECONDS = 20, 5.0
HANGING_VISITS, HANG_SECONDS = 24, 6.0
# The first step of the circuit and the time-out of a call, and room for a busy machine; the second step alone is ten
# seconds and the fourth two minutes.
BACK_SECONDS = 15.0
# Calls under way together arrive within this of each other.
TOGETHER_MS = 500


def calls_since(stack: RunningStack, subjects: Sequence[VisitSubject], at_ms: int) -> list[int]:
    """Of all of them together, in order."""
    return sorted(at for moments in stack.arrivals(subjects).values() for at in moments if at > at_ms)


def rounds(calls: Sequence[int]) -> list[int]:
    """The first call of each lot that went out together."""
    first: list[int] = []
    for at in calls:
        if not first or at - first[-1] > TOGETHER_MS:
            first.append(at)
    return first


def press(stack: RunningStack, look: Look) -> list[str]:
    """ "Refresh now", again and again; returns the states."""
    states = []
    for _ in range(PRESSES):
        states.append(stack.tick(look.token, now=True).state)
        time.sleep(PRESSED_SECONDS / PRESSES)
    return states


def test_an_account_that_gets_429_pauses_as_one(stack: RunningStack) -> None:
    limited, others = stack.create_visits_apart(VISITS), stack.create_visits(VISITS)
    with Panels(stack, limited) as panels, Panels(stack, others) as undisturbed:
        panels.wait_until_live()
        undisturbed.wait_until_live()
        fault = stack.fault("429", account=limited[0].account, retry_after=RETRY_AFTER_SECONDS)
        struck_ms = now_ms()
        panels.wait_until(lambda: {result.state for result in panels.last()} == {"cached"})
        time.sleep(2 * RETRY_AFTER_SECONDS)
        begun = rounds(calls_since(stack, limited, struck_ms))
        stack.lift_fault(fault)
        lifted_ms = now_ms()
        panels.wait_until_live(since_ms=lifted_ms, seconds=4 * RETRY_AFTER_SECONDS + BACK_SECONDS)
        states_of_others = {result.state for result in undisturbed.results_since(struck_ms)}

    assert len(begun) >= 2
    assert min(later - earlier for earlier, later in pairwise(begun)) >= RETRY_AFTER_SECONDS * 1000
    assert states_of_others == {"live"}


def test_a_429_without_a_pause_named_doubles_and_never_beats_the_interval(stack: RunningStack) -> None:
    limited = stack.create_visits_apart(VISITS)
    with Panels(stack, limited) as panels:
        panels.wait_until_live()
        stack.fault("429", account=limited[0].account)
        struck_ms = now_ms()
        time.sleep(9)
        begun = rounds(calls_since(stack, limited, struck_ms))

    pauses = [later - earlier for earlier, later in pairwise(begun)]
    assert len(pauses) >= 2
    assert min(pauses) >= INTERVAL_MS
    assert pauses[1] > 1.5 * pauses[0]


def test_pressed_again_and_again_it_asks_once_a_second(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    look = stack.open_panel(subject)
    stack.wait_for(look, "live")
    pressed_ms = now_ms()

    assert set(press(stack, look)) == {"live"}

    spent = (now_ms() - pressed_ms) / 1000
    assert len(calls_since(stack, [subject], pressed_ms)) <= spent + 2


def test_pressed_during_a_429s_pause_it_waits_for_its_end(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    look = stack.open_panel(subject)
    stack.wait_for(look, "live")
    stack.fault("429", subject, retry_after=4 * PRESSED_SECONDS)
    stack.wait_for(look, "cached")
    paused_ms = now_ms()

    press(stack, look)

    assert calls_since(stack, [subject], paused_ms) == []


def test_pressed_while_the_circuit_is_open_it_waits_for_the_probe(stack: RunningStack) -> None:
    subjects = stack.create_visits_apart(VISITS)
    with Panels(stack, subjects) as panels:
        panels.wait_until_live()
        stack.fault("503", account=subjects[0].account)
        panels.wait_until(lambda: {result.state for result in panels.last()} == {"cached"})
        time.sleep(1)  # what was under way has come back: the circuit is open
        open_ms = now_ms()
        press(stack, stack.open_panel(subjects[0]))
        calls = calls_since(stack, subjects, open_ms)

    assert len(calls) <= 1  # the probe


def test_a_hang_opens_the_circuit_by_its_first_step_only(stack: RunningStack) -> None:
    subjects = stack.create_visits_apart(HANGING_VISITS)
    with Panels(stack, subjects) as panels:
        panels.wait_until_live()
        fault = stack.fault("timeout", account=subjects[0].account, seconds=30)
        time.sleep(HANG_SECONDS)
        assert "live" not in {result.state for result in panels.last()}

        stack.lift_fault(fault)
        panels.wait_until_live(since_ms=now_ms(), seconds=BACK_SECONDS)
