"""What is written of a claim once it was asked for: status, version, number, and what is left as it was."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lpcontext.liveperson import VisitNotFound
from lpcontext.liveperson.errors import ServerFailed
from lpcontext.refresh.kinds import SubjectUpdate
from lpcontext.refresh.kinds.chat import CHAT
from lpcontext.refresh.kinds.visit import VISIT
from lpcontext.refresh.transitions import (
    build_answer_result,
    build_clientless_result,
    build_failure_result,
    build_pause_result,
)
from lpcontext.snapshots import Claim, ClaimResult, LastAnswer, StoredVisit, SubjectStatus, name_of
from lpcontext.subjects import State, VisitKey

NOW = 1_800_000_000_000
KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
LAST_ANSWER = LastAnswer(answer=b"answer", content=b"content", stay_ms=1, active_at_ms=NOW - 5000)
KNOWN = SubjectStatus(
    state=State.LIVE,
    version="v",
    first_seen_ms=NOW - 60_000,
    as_of_ms=NOW - 5000,
    asked_ms=NOW - 5100,
    due_ms=NOW - 100,
    serial=7,
)
CLAIM = Claim(name="n", token="t", subject=KEY, status=KNOWN, last_answer=LAST_ANSWER)
FIRST = Claim(name="n", token="t", subject=KEY, status=None, last_answer=LastAnswer())


def answer(claim: Claim, learnt: SubjectUpdate, *, asked_ms: int = NOW - 100, now_ms: int = NOW) -> ClaimResult:
    return build_answer_result(VISIT, claim, learnt, asked_ms=asked_ms, now_ms=now_ms)


def fail(claim: Claim, error: Exception, *, now_ms: int = NOW) -> ClaimResult:
    return build_failure_result(VISIT, claim, error, asked_ms=now_ms - 100, now_ms=now_ms)


def gone() -> VisitNotFound:
    return VisitNotFound(operation="visit-state", service="smt")


def down() -> ServerFailed:
    return ServerFailed(operation="visit-state", service="smt")


def after(result: ClaimResult) -> Claim:
    """The next worker's claim, once this was kept."""
    claim = result.claim
    notes = result.last_answer or claim.last_answer
    return Claim(name=claim.name, token="u", subject=claim.subject, status=result.status, last_answer=notes)


def test_an_answer_is_written_with_its_digests_and_what_is_kept() -> None:
    stored, notes = StoredVisit(), replace(LAST_ANSWER, content=b"new")
    result = answer(CLAIM, SubjectUpdate(at_ms=NOW, last_answer=notes, stored=stored))

    assert (result.claim, result.last_answer, result.stored, result.forget) == (CLAIM, notes, stored, False)
    assert result.status.state is State.LIVE


def test_whatever_is_written_counts_on() -> None:
    results = [
        answer(CLAIM, SubjectUpdate(at_ms=NOW, last_answer=LAST_ANSWER)),
        fail(CLAIM, gone()),
        build_pause_result(VISIT, CLAIM, until_ms=NOW + 1, now_ms=NOW),
        build_clientless_result(VISIT, CLAIM, forget=False, now_ms=NOW),
    ]

    assert {each.status.serial for each in results} == {8}
    assert all(each.status.is_later_than(KNOWN) for each in results)


def test_the_first_answer_of_all_begins_its_history() -> None:
    status = answer(FIRST, SubjectUpdate(at_ms=NOW, last_answer=LAST_ANSWER)).status

    assert (status.first_seen_ms, status.as_of_ms, status.asked_ms) == (NOW, NOW, NOW - 100)


def test_an_answer_is_as_old_as_when_it_was_given_and_not_as_when_it_was_kept() -> None:
    """What is asked around a chat may take long after its lines were written."""
    status = answer(CLAIM, SubjectUpdate(at_ms=NOW - 3000, last_answer=LAST_ANSWER), asked_ms=NOW - 3100).status

    assert (status.as_of_ms, status.took_ms) == (NOW - 3000, 100)


def test_a_version_is_that_of_the_content_and_not_of_the_moment() -> None:
    first = answer(CLAIM, SubjectUpdate(at_ms=NOW, last_answer=LAST_ANSWER))
    later = answer(
        after(first), SubjectUpdate(at_ms=NOW + 5000, last_answer=LAST_ANSWER), asked_ms=NOW + 4900, now_ms=NOW + 5000
    )
    news = answer(after(first), SubjectUpdate(at_ms=NOW, last_answer=replace(LAST_ANSWER, content=b"new")))

    assert first.status.version == later.status.version
    assert news.status.version != first.status.version


def test_a_failure_keeps_notes_and_content_and_changes_the_version_by_its_word() -> None:
    result = fail(CLAIM, down())

    assert (result.last_answer, result.stored, result.forget) == (None, None, False)
    assert result.status.version != answer(CLAIM, SubjectUpdate(at_ms=NOW, last_answer=LAST_ANSWER)).status.version


def test_failures_are_counted_until_an_answer_comes() -> None:
    claim, counted = CLAIM, []
    for _ in range(3):
        result = fail(claim, down())
        claim = after(result)
        counted.append(result.status.failures)
    back = answer(claim, SubjectUpdate(at_ms=NOW, last_answer=LAST_ANSWER))

    assert counted == [1, 2, 3]
    assert back.status.failures == 0


def test_answers_keep_the_pace_of_when_they_were_due() -> None:
    on_time = answer(CLAIM, SubjectUpdate(at_ms=NOW, last_answer=LAST_ANSWER), asked_ms=NOW - 90)
    late = answer(
        CLAIM, SubjectUpdate(at_ms=NOW + 60_100, last_answer=LAST_ANSWER), asked_ms=NOW + 60_000, now_ms=NOW + 60_100
    )

    assert on_time.status.due_ms == (KNOWN.due_ms or 0) + VISIT.interval_ms()
    assert late.status.due_ms == NOW + 60_000 + VISIT.interval_ms()


def test_a_pause_puts_off_and_asks_nothing() -> None:
    not_asked = build_pause_result(VISIT, CLAIM, until_ms=NOW + 9000, now_ms=NOW)
    asked = build_pause_result(VISIT, CLAIM, until_ms=NOW + 9000, now_ms=NOW, asked_ms=NOW - 50)

    assert (not_asked.status.due_ms, not_asked.status.asked_ms) == (NOW + 9000, KNOWN.asked_ms)
    assert (asked.status.due_ms, asked.status.asked_ms) == (NOW + 9000, NOW - 50)
    assert {not_asked.status.state, asked.status.state} == {State.CACHED}


def test_a_pause_before_anything_is_known_says_that_upstream_is_down() -> None:
    assert build_pause_result(VISIT, FIRST, until_ms=NOW + 1, now_ms=NOW).status.state is State.UPSTREAM_DOWN


def test_a_quiet_visitor_and_what_is_behind_are_noted() -> None:
    status = answer(
        CLAIM, SubjectUpdate(at_ms=NOW, last_answer=LAST_ANSWER, quiet_since_ms=NOW - 200_000, related=KEY)
    ).status

    assert (status.quiet_since_ms, status.related) == (NOW - 200_000, name_of(KEY))


def test_what_is_behind_stays_known_where_an_answer_does_not_say_it() -> None:
    behind = answer(CLAIM, SubjectUpdate(at_ms=NOW, last_answer=LAST_ANSWER, related=KEY))

    assert answer(after(behind), SubjectUpdate(at_ms=NOW, last_answer=LAST_ANSWER)).status.related == name_of(KEY)


def test_an_end_is_over() -> None:
    status = answer(CLAIM, SubjectUpdate(at_ms=NOW, last_answer=LAST_ANSWER, ended_at_ms=NOW - 9000)).status

    assert (status.state, status.due_ms, status.ended_at_ms) == (State.ENDED, None, NOW - 9000)


@pytest.mark.parametrize("moment", [NOW - 1000, NOW + 30_000])
def test_the_moment_an_answer_first_named_its_end_stays(moment: int) -> None:
    """A chat that tells no moment is said to have ended when it was asked for: each "refresh now" would move that."""
    ended = SubjectUpdate(at_ms=NOW, last_answer=LAST_ANSWER, ended_at_ms=NOW - 9000)
    claim = after(build_answer_result(CHAT, CLAIM, ended, asked_ms=NOW, now_ms=NOW))
    named_again = SubjectUpdate(at_ms=NOW + 30_000, last_answer=LAST_ANSWER, ended_at_ms=moment)
    again = build_answer_result(CHAT, claim, named_again, asked_ms=NOW, now_ms=NOW + 30_000)

    assert again.status.ended_at_ms == NOW - 9000


def test_the_moment_a_visit_was_gone_stays_the_first_one() -> None:
    first = fail(CLAIM, gone())
    again = fail(after(first), gone(), now_ms=NOW + 60_000)

    assert first.status.ended_at_ms == again.status.ended_at_ms == NOW
    assert first.status.version == again.status.version


def test_without_a_client_what_is_known_stays() -> None:
    result = build_clientless_result(VISIT, CLAIM, forget=False, now_ms=NOW)

    assert (result.status.state, result.status.as_of_ms, result.forget) == (
        State.UNAUTHORIZED,
        KNOWN.as_of_ms,
        False,
    )


def test_of_an_account_that_has_gone_nothing_is_left() -> None:
    result = build_clientless_result(VISIT, CLAIM, forget=True, now_ms=NOW)

    assert (result.forget, result.last_answer, result.stored) == (True, LastAnswer(), None)
    assert not result.status.has_answer
