"""Each state of docs/architecture.md, by HTTP: a fault in LivePerson, the word and sentence the agent gets."""

from __future__ import annotations

import pytest

from lpcontext.panel.wording.states import find_state_words
from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import Look, VisitSubject

pytestmark = pytest.mark.concurrent

NAME = "John Doe"

BEFORE_ANYTHING_WAS_SEEN = [
    ("500", "upstream-down"),
    ("503", "upstream-down"),
    ("429", "upstream-down"),
    ("drop", "upstream-down"),
    ("timeout", "upstream-down"),
    ("not-found", "not-found"),
    ("visitor", "wrong-visitor"),
    ("session", "wrong-session"),
    ("bad-request", "bad-request"),
    ("account", "wrong-account"),
    ("unauthorized", "unauthorized"),
    ("forbidden", "unauthorized"),
    ("oauth-problem", "unauthorized"),
    ("html", "unreadable"),
    ("empty", "unreadable"),
    ("truncated", "unreadable"),
    ("not-object", "unreadable"),
]

AFTER_A_SUCCESS = [
    ("500", "cached"),
    ("503", "cached"),
    ("429", "cached"),
    ("drop", "cached"),
    ("not-found", "ended"),
    ("html", "unreadable"),
    ("unauthorized", "unauthorized"),
    ("account", "wrong-account"),
]

TICKING_IS_OVER = {"not-found", "ended", "wrong-visitor", "wrong-session", "bad-request", "wrong-account"}


def says_what_happened(look: Look, state: str) -> bool:
    """The sentence for this state, and every piece of advice, in the words the agent reads."""
    words = find_state_words(state)
    return bool(words.sentence) and all(text in look.text for text in (words.sentence, *words.advice))


@pytest.mark.parametrize(("fault", "state"), BEFORE_ANYTHING_WAS_SEEN)
def test_a_first_look_meets_trouble(stack: RunningStack, fault: str, state: str) -> None:
    subject = stack.create_visit_apart("documented")
    stack.fault(fault, subject, **({"seconds": 10} if fault == "timeout" else {}))

    look = stack.wait_for(stack.open_panel(subject), state)

    assert look.status == 200
    assert NAME not in look.text
    assert says_what_happened(look, state)
    assert ("X-LPContext-Next" in look.headers) == (state not in TICKING_IS_OVER)
    assert "X-LPContext-As-Of" not in look.headers


@pytest.mark.parametrize(("fault", "state"), AFTER_A_SUCCESS)
def test_trouble_after_a_success_keeps_the_last_snapshot(stack: RunningStack, fault: str, state: str) -> None:
    subject = stack.create_visit_apart("documented")
    panel = stack.open_panel(subject)
    live = stack.wait_for(panel, "live")
    stack.fault(fault, subject)

    look = stack.wait_for(panel, state)

    assert NAME in look.text
    assert find_state_words(state).sentence in look.text
    assert look.version != live.version
    assert look.headers["X-LPContext-As-Of"] >= live.headers["X-LPContext-As-Of"]
    assert ("X-LPContext-Next" in look.headers) == (state not in TICKING_IS_OVER)


def test_answers_that_come_late_are_said_to_be_delayed(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    panel = stack.open_panel(subject)
    stack.wait_for(panel, "live")
    stack.fault("slow", subject, seconds=3)

    look = stack.wait_for(panel, "delayed")

    assert NAME in look.text


def test_an_ended_visit_is_not_asked_for_again(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    panel = stack.open_panel(subject)
    stack.wait_for(panel, "live")
    stack.fault("ended", subject)
    stack.wait_for(panel, "ended")
    calls = stack.calls(subject)

    other = stack.open_panel(stack.create_visit("documented"))
    as_of = stack.wait_for(other, "live").headers["X-LPContext-As-Of"]
    stack.tick_until(other, lambda now: now.headers["X-LPContext-As-Of"] > as_of)

    assert stack.tick(panel.token).state == "ended"
    assert stack.calls(subject) == calls


def test_a_liveperson_that_recovers_makes_the_panel_live_again(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    panel = stack.open_panel(subject)
    stack.wait_for(panel, "live")
    stack.fault("503", subject, count=1)

    stack.wait_for(panel, "cached")

    assert stack.wait_for(panel, "live").state == "live"


def test_one_odd_field_never_blanks_a_panel(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    stack.fault("odd-field", subject, path="appSessions[].geo", value="nowhere")

    look = stack.wait_for(stack.open_panel(subject), "live")

    assert NAME in look.text
    assert "Israel" not in look.text


def test_a_visit_nobody_knows_is_not_found(stack: RunningStack) -> None:
    unknown = VisitSubject("AAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBB")

    assert stack.wait_for(stack.open_panel(unknown), "not-found").status == 200


def test_an_expired_bearer_is_renewed_without_the_agent_noticing(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    panel = stack.open_panel(subject)
    live = stack.wait_for(panel, "live")
    stack.fault("bearer-expired", account=subject.account, count=1)

    later = stack.tick_until(panel, lambda now: now.headers["X-LPContext-As-Of"] > live.headers["X-LPContext-As-Of"])

    assert later.state == "live"
