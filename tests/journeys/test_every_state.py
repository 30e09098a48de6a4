"""DESIGN section 6, row by row: a fault in LivePerson, the word and sentence the agent gets, at our HTTP door."""

from __future__ import annotations

import pytest

from lpcontext.panel import state_words
from tests.support.house import House, Look, Subject

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
    words = state_words(state)
    return bool(words.sentence) and all(told in look.text for told in (words.sentence, *words.advice))


@pytest.mark.parametrize(("fault", "state"), BEFORE_ANYTHING_WAS_SEEN)
def test_a_first_look_meets_trouble(house: House, fault: str, state: str) -> None:
    subject = house.mint_apart("documented")
    house.fault(fault, subject, **({"seconds": 5} if fault == "timeout" else {}))

    look = house.wait_for(house.open_panel(subject), state)

    assert look.status == 200
    assert NAME not in look.text
    assert says_what_happened(look, state)
    assert ("X-LPContext-Next" in look.headers) == (state not in TICKING_IS_OVER)
    assert "X-LPContext-As-Of" not in look.headers


@pytest.mark.parametrize(("fault", "state"), AFTER_A_SUCCESS)
def test_trouble_after_a_success_keeps_the_last_snapshot(house: House, fault: str, state: str) -> None:
    subject = house.mint_apart("documented")
    panel = house.open_panel(subject)
    live = house.wait_for(panel, "live")
    house.fault(fault, subject)

    look = house.wait_for(panel, state)

    assert NAME in look.text
    assert state_words(state).sentence in look.text
    assert look.version != live.version
    assert look.headers["X-LPContext-As-Of"] >= live.headers["X-LPContext-As-Of"]
    assert ("X-LPContext-Next" in look.headers) == (state not in TICKING_IS_OVER)


def test_answers_that_come_late_are_said_to_be_delayed(house: House) -> None:
    subject = house.mint_apart("documented")
    panel = house.open_panel(subject)
    house.wait_for(panel, "live")
    house.fault("slow", subject, seconds=1.9)

    look = house.wait_for(panel, "delayed")

    assert NAME in look.text


def test_an_ended_visit_is_not_asked_for_again(house: House) -> None:
    subject = house.mint_apart("documented")
    panel = house.open_panel(subject)
    house.wait_for(panel, "live")
    house.fault("ended", subject)
    house.wait_for(panel, "ended")
    calls = house.calls(subject)

    other = house.open_panel(house.mint("documented"))
    as_of = house.wait_for(other, "live").headers["X-LPContext-As-Of"]
    house.tick_until(other, lambda now: now.headers["X-LPContext-As-Of"] > as_of)

    assert house.tick(panel.token).state == "ended"
    assert house.calls(subject) == calls


def test_a_liveperson_that_recovers_makes_the_panel_live_again(house: House) -> None:
    subject = house.mint_apart("documented")
    panel = house.open_panel(subject)
    house.wait_for(panel, "live")
    house.fault("503", subject, count=1)

    house.wait_for(panel, "cached")

    assert house.wait_for(panel, "live").state == "live"


def test_one_odd_field_never_blanks_a_panel(house: House) -> None:
    subject = house.mint_apart("documented")
    house.fault("odd-field", subject, path="appSessions[].geo", value="nowhere")

    look = house.wait_for(house.open_panel(subject), "live")

    assert NAME in look.text
    assert "Israel" not in look.text


def test_a_visit_nobody_knows_is_not_found(house: House) -> None:
    unknown = Subject("AAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBB")

    assert house.wait_for(house.open_panel(unknown), "not-found").status == 200


def test_an_expired_bearer_is_renewed_without_the_agent_noticing(house: House) -> None:
    subject = house.mint_apart("documented")
    panel = house.open_panel(subject)
    live = house.wait_for(panel, "live")
    house.fault("bearer-expired", count=1)

    later = house.tick_until(panel, lambda now: now.headers["X-LPContext-As-Of"] > live.headers["X-LPContext-As-Of"])

    assert later.state == "live"
