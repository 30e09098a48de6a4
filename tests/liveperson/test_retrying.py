from __future__ import annotations

import pytest

from lpcontext.liveperson import ConnectionFailed, LoginUnderWay, RateLimited, retry_pause
from lpcontext.liveperson.errors import ServerFailed, TimedOut


def limited(operation: str = "visit state", retry_after: float | None = None) -> RateLimited:
    return RateLimited(operation=operation, service="smt", status=429, retry_after=retry_after)


@pytest.mark.parametrize("kind", [ServerFailed, TimedOut, ConnectionFailed])
def test_pauses_are_three_short_ones_then_ever_longer_up_to_eight_minutes(kind: type[ServerFailed]) -> None:
    error = kind(operation="visit state", service="smt")

    pauses = [retry_pause(failures=failures, error=error) for failures in range(1, 10)]

    assert pauses == [5, 10, 15, 120, 240, 480, 480, 480, 480]


def test_a_pause_before_any_failure_is_the_first_one() -> None:
    assert retry_pause(failures=0, error=ServerFailed(operation="login", service="agentVep")) == 5


def test_a_429_waits_a_second_and_doubles_while_it_goes_on() -> None:
    assert [retry_pause(failures=n, error=limited()) for n in (1, 2, 3, 7, 5000)] == [1, 2, 4, 60, 60]


def test_a_429_at_login_waits_five_seconds() -> None:
    assert retry_pause(failures=1, error=limited("login")) == 5


def test_retry_after_is_granted_when_it_is_longer_than_ours() -> None:
    assert retry_pause(failures=1, error=limited(retry_after=30)) == 30
    assert retry_pause(failures=1, error=limited("login", retry_after=1)) == 5
    assert retry_pause(failures=4, error=ServerFailed(operation="x", service="smt", retry_after=30)) == 120


def test_a_retry_after_beyond_an_hour_is_an_hour() -> None:
    assert retry_pause(failures=1, error=limited(retry_after=1e9)) == 3600


def test_a_login_under_way_is_waited_for_shortly() -> None:
    assert retry_pause(failures=9, error=LoginUnderWay(operation="login", service="agentVep")) == 0.5
