"""A response about another session than was asked for is refused, whichever form its ids have."""

from __future__ import annotations

from typing import Any

import pytest

from lpcontext.visits.parsing.visit import AnotherVisit, UnreadableVisit, parse_visit
from tests.visits.responses import documented_state

SHORT = "jnPABZYjQcOS2Uk5fp_HnA"
LONG = f"{SHORT}.c524460e4432e9f93cf700af590f16ef181f20e6"
OTHER = "ttJpjOmRQ0adbOusBi5UlA"
OTHER_LONG = f"{OTHER}.c524460e4432e9f93cf700af590f16ef181f20e6"

Json = dict[str, Any]


def response(*, top: str | None = None, sessions: tuple[str | None, ...] = ()) -> Json:
    """With its ids: at the top, and in each app session."""
    sent: Json = {"appSessions": [{"startTime": 1} | ({"id": id_} if id_ else {}) for id_ in sessions]}
    return sent | ({"id": top} if top else {})


ABOUT_ANOTHER = {
    "the top alone": response(top=OTHER, sessions=(None,)),
    "the app session alone": response(sessions=(OTHER,)),
    "both": response(top=OTHER, sessions=(OTHER,)),
    "the top, over the wanted session": response(top=OTHER, sessions=(SHORT,)),
    "the app session, under the wanted top": response(top=SHORT, sessions=(OTHER,)),
    "every app session": response(sessions=(OTHER, OTHER_LONG)),
    "the top, and no app session": response(top=OTHER),
    "the start of the wanted id": response(sessions=(SHORT[:-1],)),
    "the wanted id and something of an opaque kind": response(sessions=(f"{SHORT}.other",)),
    "the wanted id in other capitals": response(sessions=(SHORT.lower(),)),
}


@pytest.mark.parametrize("wanted", [SHORT, LONG])
@pytest.mark.parametrize("who", ABOUT_ANOTHER)
def test_a_response_that_names_another_session_is_refused(who: str, wanted: str) -> None:
    with pytest.raises(AnotherVisit) as refused:
        parse_visit(ABOUT_ANOTHER[who], wanted_session=wanted)

    assert OTHER not in str(refused.value)
    assert SHORT not in str(refused.value)


def test_a_refused_response_is_one_we_cannot_read() -> None:
    assert issubclass(AnotherVisit, UnreadableVisit)


@pytest.mark.parametrize("wanted", [SHORT, LONG])
@pytest.mark.parametrize("sent", [SHORT, LONG])
def test_either_form_of_an_id_is_the_same_session(sent: str, wanted: str) -> None:
    assert parse_visit(response(top=sent, sessions=(sent,)), wanted_session=wanted).visit.session_id == sent
    assert parse_visit(response(sessions=(OTHER, sent)), wanted_session=wanted).visit.session_id == sent


@pytest.mark.parametrize("sessions", [(None,), (None, None), ()])
def test_a_response_that_tells_no_id_is_about_what_was_asked(sessions: tuple[None, ...]) -> None:
    assert parse_visit(response(sessions=sessions), wanted_session=SHORT).visit.session_id is None


def test_one_id_given_and_one_not_is_enough() -> None:
    assert parse_visit(response(top=LONG, sessions=(None,)), wanted_session=SHORT).visit.app_session_count == 1


def test_whoever_wants_no_session_is_shown_any() -> None:
    assert parse_visit(response(sessions=(OTHER,))).visit.session_id == OTHER


def test_the_documented_response_is_about_its_own_session_and_no_other() -> None:
    state = documented_state()
    own = state["appSessions"][0]["id"]

    assert parse_visit(state, wanted_session=own).visit.session_id == own
    with pytest.raises(AnotherVisit):
        parse_visit(state, wanted_session=OTHER)
