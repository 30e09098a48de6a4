"""One panel that ticks far too often is told to wait; it keeps what it shows, and others tick on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from pytest_django import Settings

from lpcontext.launch import RightsCache
from lpcontext.panel.tick import TickMiddleware
from lpcontext.panel.tick.tick_bucket import TickBucket
from lpcontext.refresh import StatusCache
from tests.panel.tick.ticking import give_all, make_token, nothing_behind, tick

AT = 1_800_000_000_000


@pytest.fixture
def middleware(memory: None) -> Iterator[TickMiddleware]:
    with closing(StatusCache()) as statuses, closing(RightsCache(read=give_all)) as rights:
        yield TickMiddleware(nothing_behind, statuses=statuses, rights=rights)


def test_a_panel_ticks_so_often_and_then_is_told_when_to_come_back(
    middleware: TickMiddleware, settings: Settings
) -> None:
    settings.LIMIT_TICKS = 5
    token, other = make_token(), make_token(seconds=70)
    answers = [tick(middleware, token, "seen=waiting") for _ in range(7)]
    status, headers, body = answers[-1]

    assert [answer[0][:3] for answer in answers] == ["204"] * 5 + ["429"] * 2
    assert 0 < int(headers["Retry-After"]) <= 60 / 5
    assert 1000 <= int(headers["X-LPContext-Next"]) <= 60_000 / 5
    assert headers["X-LPContext-State"] == "waiting"
    assert (status, body) == ("429 Too Many Requests", b"This panel asks too often.\n")
    assert tick(middleware, other, "seen=waiting")[0][:3] == "204"


def test_ten_a_second_for_ever_are_never_too_many() -> None:
    bucket = TickBucket(per_minute=600)

    assert {bucket.take(AT + 100 * number) for number in range(5000)} == {0}


def test_twenty_a_second_are_too_many_after_a_minute_of_them() -> None:
    bucket = TickBucket(per_minute=600)
    waits = [bucket.take(AT + 50 * number) for number in range(2400)]

    assert waits.index(next(wait for wait in waits if wait)) == pytest.approx(1200, abs=2)
    assert sum(not wait for wait in waits[1200:]) == pytest.approx(600, abs=2)


def test_a_clock_set_back_leaves_a_bucket_no_emptier_than_empty() -> None:
    bucket = TickBucket(per_minute=600)
    bucket.take(AT + 3_600_000)

    assert 0 < bucket.take(AT) <= 100
    assert bucket.take(AT + 100) == 0
