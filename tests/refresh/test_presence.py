"""Signs of life: a ticking page, a new page, a new event; quiet is said after two minutes, gone never."""

from __future__ import annotations

from msgspec.structs import replace

from lpcontext.refresh.presence import QUIET_AFTER_MS, hold_visit
from lpcontext.visits import Page, Visit

NOW = 1_800_000_000_000
VISIT = Visit(pages=(Page(id="1", started_at_ms=NOW - 60_000, stay_ms=60_000),))


def grow(visit: Visit, stay_ms: int) -> Visit:
    return replace(visit, pages=(*visit.pages[:-1], replace(visit.pages[-1], stay_ms=stay_ms)))


def test_ticking_time_is_taken_out_of_what_is_kept() -> None:
    first = hold_visit(VISIT, before=None, now_ms=NOW)
    second = hold_visit(grow(VISIT, 65_000), before=first, now_ms=NOW + 5000)

    assert first.visit == second.visit


def test_a_page_whose_time_ticks_is_alive_however_long() -> None:
    held = hold_visit(VISIT, before=None, now_ms=NOW)
    for step in range(1, 100):
        held = hold_visit(grow(VISIT, 60_000 + step * 5000), before=held, now_ms=NOW + step * 5000)

    assert held.quiet_since_ms is None


def test_two_minutes_without_a_stir_are_quiet_since_the_last_one() -> None:
    first = hold_visit(VISIT, before=None, now_ms=NOW)
    still = hold_visit(VISIT, before=first, now_ms=NOW + QUIET_AFTER_MS)
    quiet = hold_visit(VISIT, before=still, now_ms=NOW + QUIET_AFTER_MS + 1)

    assert still.quiet_since_ms is None
    assert quiet.quiet_since_ms == NOW


def test_the_same_quiet_is_told_since_the_same_moment() -> None:
    held = hold_visit(VISIT, before=None, now_ms=NOW)
    quiet = [held := hold_visit(VISIT, before=held, now_ms=NOW + 200_000 + step) for step in (0, 5000, 10_000)]

    assert {each.quiet_since_ms for each in quiet} == {NOW}


def test_a_visit_that_was_over_long_ago_is_quiet_at_first_sight() -> None:
    held = hold_visit(VISIT, before=None, now_ms=NOW + 3_600_000)

    assert held.quiet_since_ms == NOW


def test_a_new_page_is_life_again() -> None:
    quiet = hold_visit(VISIT, before=None, now_ms=NOW + 3_600_000)
    moved = replace(VISIT, pages=(*VISIT.pages, Page(id="2", started_at_ms=NOW + 3_605_000)))

    assert hold_visit(moved, before=quiet, now_ms=NOW + 3_606_000).quiet_since_ms is None
