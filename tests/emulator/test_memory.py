"""The emulator runs for days beside a bench: what nobody can ask for any more goes, and no book grows without end."""

from __future__ import annotations

import pytest

from lpcontext.emulator import Emulator
from lpcontext.emulator.log import SUBJECT_ARRIVALS_KEPT, Arrivals, RequestLog
from lpcontext.emulator.signing import NONCES_KEPT, NonceStore, SignatureProblem
from tests.emulator.caller import Caller
from tests.support.manual_clock import ManualClock

HOUR = 3600


def test_a_day_of_coming_and_going_leaves_six_hours_of_visits(
    caller: Caller, emulator: Emulator, clock: ManualClock
) -> None:
    minted: list[tuple[str, str]] = []
    for _ in range(1000):
        clock.pass_time(24 * HOUR / 1000)
        minted.append(emulator.mint_visit("checkout"))
    known = caller.control("GET", "visits")

    assert len(known) <= 251
    assert [caller.visit(ids).status_code for ids in (minted[0], minted[700], minted[760], minted[-1])] == [
        404,
        404,
        200,
        200,
    ]
    assert {visit["visitorId"] for visit in known} < {visitor_id for visitor_id, _ in minted}


def test_a_visit_that_lives_on_stays_as_large_as_it_is(caller: Caller, emulator: Emulator, clock: ManualClock) -> None:
    ids = emulator.mint_visit("checkout")
    clock.pass_time(3 * HOUR)
    earlier = len(caller.visit(ids).content)
    clock.pass_time(2.5 * HOUR)

    assert len(caller.visit(ids).content) < 1.5 * earlier


def test_of_all_arrivals_the_newest_are_kept() -> None:
    arrivals = Arrivals(kept=3)
    for moment_ms, name in enumerate(["first", "second", "first", "third"], start=1):
        arrivals.note((name,), moment_ms)
    one_gone = arrivals.all()
    arrivals.note(("third",), 5)

    assert one_gone == {("second",): [2], ("first",): [3], ("third",): [4]}
    assert arrivals.all() == {("first",): [3], ("third",): [4, 5]}


def test_the_log_of_many_visitors_has_an_end_and_its_counts_have_none() -> None:
    log = RequestLog()
    asked = SUBJECT_ARRIVALS_KEPT + 500
    for number in range(asked):
        log.note("visit", arrived_ms=number, visitor_id=f"visitor {number}")
    document = log.summary()

    assert len(document["arrivals"]) == SUBJECT_ARRIVALS_KEPT
    assert f"visitor {asked - 1}" in document["arrivals"]
    assert document["kinds"] == {"visit": asked}


def test_the_book_of_nonces_forgets_the_oldest_first() -> None:
    store = NonceStore()

    def take(nonce: int) -> None:
        oauth = {"oauth_token": "token", "oauth_timestamp": "1000", "oauth_nonce": str(nonce)}
        store.take(oauth, now_seconds=1000, window_seconds=300)

    for nonce in range(NONCES_KEPT + 1):
        take(nonce)

    with pytest.raises(SignatureProblem, match="nonce_used"):
        take(1)
    take(0)
