"""The table of states, row by row: what an answer or an error makes of what was known. All pure."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lpcontext.chats import UnreadableChat
from lpcontext.chats.parsing.errors import AnotherChat
from lpcontext.liveperson import (
    AgentSessionRefused,
    BadRequest,
    ChatNotFound,
    ConnectionFailed,
    LivePersonError,
    RateLimited,
    RequestRejected,
    UnreadableResponse,
    VisitNotFound,
    WrongAccount,
    WrongSession,
    WrongVisitor,
)
from lpcontext.liveperson.errors import CredentialsRejected, HostNotAllowed, LoginBlocked, ServerFailed, TimedOut
from lpcontext.refresh.transitions import (
    NO_CLIENT,
    after_answer,
    after_end,
    after_failure,
    after_missing_client,
    after_outage,
    forget_answers,
)
from lpcontext.snapshots import SubjectStatus, waiting_status
from lpcontext.subjects import State
from lpcontext.visits import UnreadableVisit
from lpcontext.visits.parsing.visit import AnotherVisit

NOW = 1_800_000_000_000
ASKED = NOW - 300
FIRST = waiting_status(now_ms=NOW - 400, interval_ms=5000)
KNOWN = SubjectStatus(
    state=State.LIVE, first_seen_ms=NOW - 60_000, as_of_ms=NOW - 5000, asked_ms=NOW - 5100, due_ms=NOW, failures=0
)
FINAL: dict[type[LivePersonError], State] = {
    WrongVisitor: State.WRONG_VISITOR,
    WrongSession: State.WRONG_SESSION,
    WrongAccount: State.WRONG_ACCOUNT,
    BadRequest: State.BAD_REQUEST,
    RequestRejected: State.BAD_REQUEST,
}
OF_AN_OPERATOR: dict[type[LivePersonError], State] = {
    CredentialsRejected: State.UNAUTHORIZED,
    LoginBlocked: State.UNAUTHORIZED,
    HostNotAllowed: State.UNAUTHORIZED,
    AgentSessionRefused: State.AGENT_SESSION_REFUSED,
}
UNREACHABLE: list[type[LivePersonError]] = [TimedOut, ConnectionFailed, ServerFailed]
UNREADABLE = [
    UnreadableResponse(operation="visit-state", service="smt"),
    UnreadableVisit("odd"),
    AnotherVisit("another"),
    UnreadableChat("odd"),
    AnotherChat("another"),
]


def make(error: type[LivePersonError], *, retry_after: float | None = None) -> LivePersonError:
    return error(operation="visit-state", service="smt", retry_after=retry_after)


def fail(status: SubjectStatus, error: Exception, *, now_ms: int = NOW) -> SubjectStatus:
    return after_failure(status, error, asked_ms=now_ms - 300, now_ms=now_ms)


# a fresh answer


@pytest.mark.parametrize("before", [FIRST, KNOWN])
def test_a_good_answer_is_live_and_asked_for_again_an_interval_later(before: SubjectStatus) -> None:
    result = after_answer(before, asked_ms=ASKED, now_ms=NOW, interval_ms=2000)

    assert (result.state, result.as_of_ms, result.asked_ms, result.took_ms) == (State.LIVE, NOW, ASKED, 300)
    assert result.interval_ms == 2000
    assert result.due_ms is not None
    assert result.first_seen_ms == before.first_seen_ms


def test_a_good_answer_forgets_what_went_wrong() -> None:
    before = replace(KNOWN, state=State.CACHED, failures=3, reason="login-blocked", ended_at_ms=NOW - 1)
    result = after_answer(before, asked_ms=ASKED, now_ms=NOW, interval_ms=5000)

    assert (result.failures, result.reason, result.ended_at_ms) == (0, "", None)


def test_an_answer_from_before_its_question_took_no_time() -> None:
    assert after_answer(KNOWN, asked_ms=NOW + 500, now_ms=NOW, interval_ms=5000).took_ms == 0


# unreachable


@pytest.mark.parametrize("error", UNREACHABLE)
def test_without_an_answer_what_is_known_is_cached_and_retried_by_the_ladder(error: type[LivePersonError]) -> None:
    status, pauses = KNOWN, []
    for _ in range(7):
        status = fail(status, make(error))
        pauses.append((status.due_ms or 0) - NOW)

    assert status.state is State.CACHED
    assert status.failures == 7
    assert pauses == [5_000, 10_000, 15_000, 120_000, 240_000, 480_000, 480_000]


@pytest.mark.parametrize("error", [*UNREACHABLE, RateLimited])
def test_without_an_answer_and_with_nothing_known_upstream_is_down(error: type[LivePersonError]) -> None:
    assert fail(FIRST, make(error)).state is State.UPSTREAM_DOWN


def test_being_asked_too_often_is_no_failure_of_the_subject() -> None:
    result = fail(replace(KNOWN, failures=2), make(RateLimited))

    assert (result.state, result.failures, result.due_ms) == (State.CACHED, 2, NOW + 1000)


@pytest.mark.parametrize("error", [*UNREACHABLE, RateLimited])
def test_a_longer_pause_asked_for_is_kept(error: type[LivePersonError]) -> None:
    assert fail(KNOWN, make(error, retry_after=900)).due_ms == NOW + 900_000


def test_an_open_circuit_puts_it_off_and_blames_nothing_on_it() -> None:
    result = after_outage(replace(KNOWN, failures=2), due_ms=NOW + 7000)

    assert (result.state, result.failures, result.due_ms) == (State.CACHED, 2, NOW + 7000)
    assert result.asked_ms == KNOWN.asked_ms  # it was not asked for


# gone


@pytest.mark.parametrize("error", [VisitNotFound, ChatNotFound])
def test_gone_before_anything_was_seen_is_not_found(error: type[LivePersonError]) -> None:
    result = fail(FIRST, make(error))

    assert (result.state, result.due_ms, result.ended_at_ms) == (State.NOT_FOUND, None, None)


@pytest.mark.parametrize("error", [VisitNotFound, ChatNotFound])
def test_gone_after_a_success_is_ended(error: type[LivePersonError]) -> None:
    result = fail(KNOWN, make(error))

    assert (result.state, result.due_ms, result.ended_at_ms) == (State.ENDED, None, NOW)
    assert result.as_of_ms == KNOWN.as_of_ms


def test_the_moment_it_ended_stays_the_first_one_however_often_it_is_asked_for() -> None:
    status = KNOWN
    for step in range(5):
        status = fail(status, make(VisitNotFound), now_ms=NOW + step * 1000)

    assert (status.ended_at_ms, status.asked_ms) == (NOW, NOW + 4000 - 300)


def test_what_came_back_to_life_ends_anew() -> None:
    ended = fail(KNOWN, make(VisitNotFound))
    back = after_answer(ended, asked_ms=NOW + 900, now_ms=NOW + 1000, interval_ms=5000)

    assert fail(back, make(VisitNotFound), now_ms=NOW + 9000).ended_at_ms == NOW + 9000


def test_an_end_is_over() -> None:
    result = after_end(KNOWN, ended_at_ms=NOW - 77)

    assert (result.state, result.due_ms, result.ended_at_ms) == (State.ENDED, None, NOW - 77)


# refused


@pytest.mark.parametrize("before", [FIRST, KNOWN])
@pytest.mark.parametrize("error", FINAL)
def test_a_no_about_the_subject_is_not_asked_again(error: type[LivePersonError], before: SubjectStatus) -> None:
    result = fail(before, make(error))

    assert (result.state, result.due_ms) == (FINAL[error], None)


@pytest.mark.parametrize("error", OF_AN_OPERATOR)
def test_what_an_operator_must_mend_is_tried_every_few_minutes(error: type[LivePersonError]) -> None:
    result = fail(KNOWN, make(error))

    assert (result.state, result.due_ms) == (OF_AN_OPERATOR[error], NOW + 180_000)
    assert result.reason == str(make(error).reason)
    assert result.state.waits_for_credentials


def test_an_account_that_cannot_be_asked_for_waits_for_its_operator() -> None:
    result = after_missing_client(KNOWN, now_ms=NOW)

    assert (result.state, result.reason, result.due_ms) == (State.UNAUTHORIZED, NO_CLIENT, NOW + 180_000)


@pytest.mark.parametrize("error", UNREADABLE, ids=lambda error: type(error).__name__)
def test_what_we_cannot_read_or_is_about_another_is_asked_for_slowly(error: Exception) -> None:
    result = fail(KNOWN, error)

    assert (result.state, result.due_ms) == (State.UNREADABLE, NOW + 60_000)
    assert result.as_of_ms == KNOWN.as_of_ms


# whatever it was


ERRORS: list[type[LivePersonError]] = [*UNREACHABLE, RateLimited, *FINAL, *OF_AN_OPERATOR, VisitNotFound]
ANY = [*(make(error) for error in ERRORS), *UNREADABLE]


@pytest.mark.parametrize("error", ANY, ids=lambda error: type(error).__name__)
def test_what_is_known_stays_and_when_it_was_asked_for_is_noted(error: Exception) -> None:
    result = fail(replace(KNOWN, related="r", quiet_since_ms=1), error)

    assert result.asked_ms == ASKED
    assert (result.as_of_ms, result.related, result.quiet_since_ms) == (KNOWN.as_of_ms, "r", 1)
    assert result.first_seen_ms == KNOWN.first_seen_ms
    assert (result.due_ms is None) == result.state.is_over


@pytest.mark.parametrize("error", ANY, ids=lambda error: type(error).__name__)
def test_an_operators_reason_goes_with_what_it_explained(error: Exception) -> None:
    before = fail(KNOWN, make(LoginBlocked))
    result = fail(before, error)

    assert before.reason
    assert (result.reason == "") == (not result.state.waits_for_credentials)
    assert result.reason in ("", str(getattr(error, "reason", "")))


def test_what_may_be_shown_no_more_begins_anew() -> None:
    before = replace(KNOWN, ended_at_ms=1, quiet_since_ms=1, related="r")

    result = forget_answers(before)

    assert not result.has_answer
    assert (result.ended_at_ms, result.quiet_since_ms, result.related) == (None, None, "")
