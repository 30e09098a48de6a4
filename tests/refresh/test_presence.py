"""Signs of life: a ticking page, a new page, a new event; quiet is said after two minutes, gone never."""

from __future__ import annotations

from typing import Any

from lpcontext.refresh.kinds.presence import QUIET_AFTER_MS
from lpcontext.snapshots import StoredVisit
from tests.support.visit_requests import NOW, RequestedVisit, page, visit_document


def visit(stay_ms: int = 60_000) -> dict[str, Any]:
    return visit_document(page(1, begun_ms=NOW - 60_000, stay_ms=stay_ms))


def test_ticking_time_is_taken_out_of_what_is_kept(asked_visit: RequestedVisit) -> None:
    first = asked_visit.learn(visit())
    asked_visit.now_ms += 5000
    second = asked_visit.learn(visit_document(page(1, begun_ms=NOW - 60_000, stay_ms=65_000), siteControlGroup=1))

    assert isinstance(first.stored, StoredVisit)
    assert isinstance(second.stored, StoredVisit)
    assert first.stored.visit is not None
    assert second.stored.visit is not None
    assert first.stored.visit.pages == second.stored.visit.pages


def test_a_page_whose_time_ticks_is_alive_however_long(asked_visit: RequestedVisit) -> None:
    learnt = asked_visit.learn(visit())
    for step in range(1, 100):
        asked_visit.now_ms = NOW + step * 5000
        learnt = asked_visit.learn(visit(60_000 + step * 5000))

    assert learnt.quiet_since_ms is None


def test_two_minutes_without_a_stir_are_quiet_since_the_last_one(asked_visit: RequestedVisit) -> None:
    asked_visit.learn(visit())
    asked_visit.now_ms = NOW + QUIET_AFTER_MS
    still = asked_visit.learn(visit())
    asked_visit.now_ms += 1
    quiet = asked_visit.learn(visit())

    assert still.quiet_since_ms is None
    assert quiet.quiet_since_ms == NOW


def test_the_same_quiet_is_shown_since_the_same_moment(asked_visit: RequestedVisit) -> None:
    asked_visit.learn(visit())
    moments = set()
    for step in (0, 5000, 10_000):
        asked_visit.now_ms = NOW + 200_000 + step
        moments.add(asked_visit.learn(visit()).quiet_since_ms)

    assert moments == {NOW}


def test_a_visit_that_was_over_long_ago_is_quiet_at_first_sight(asked_visit: RequestedVisit) -> None:
    asked_visit.now_ms = NOW + 3_600_000

    assert asked_visit.learn(visit()).quiet_since_ms == NOW


def test_a_new_page_is_life_again(asked_visit: RequestedVisit) -> None:
    asked_visit.now_ms = NOW + 3_600_000
    asked_visit.learn(visit())
    asked_visit.now_ms += 6000
    pages = [page(1, begun_ms=NOW - 60_000, stay_ms=60_000), page(2, begun_ms=NOW + 3_605_000, stay_ms=0)]

    assert asked_visit.learn(visit_document(*pages)).quiet_since_ms is None


def test_a_page_that_ticks_again_is_life_again(asked_visit: RequestedVisit) -> None:
    asked_visit.learn(visit())
    asked_visit.now_ms = NOW + 200_000
    assert asked_visit.learn(visit()).quiet_since_ms == NOW

    asked_visit.now_ms += 5000
    assert asked_visit.learn(visit(61_000)).quiet_since_ms is None
