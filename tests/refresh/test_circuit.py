"""The circuit: shared, opens after five failures, lets one probe through, closes on success."""

from __future__ import annotations

import pytest

from lpcontext.refresh.circuit import admit_call, note_failure, note_success

pytestmark = pytest.mark.usefixtures("memory")
NOW = 1_800_000_000_000


def fail(times: int, *, at: int = NOW) -> None:
    for _ in range(times):
        note_failure("c", now_ms=at)


def test_four_failures_leave_it_closed() -> None:
    fail(4)

    assert admit_call("c", now_ms=NOW) is None


def test_five_failures_open_it_for_five_seconds() -> None:
    fail(5)

    assert admit_call("c", now_ms=NOW + 4999) == NOW + 5000


def test_one_probe_is_let_through_and_the_others_wait() -> None:
    fail(5)

    admitted = [admit_call("c", now_ms=NOW + 5000) for _ in range(10)]

    assert admitted.count(None) == 1


def test_a_probe_that_never_reports_is_replaced() -> None:
    fail(5)
    admit_call("c", now_ms=NOW + 5000)

    assert admit_call("c", now_ms=NOW + 5000 + 20_000) is None


def test_a_failed_probe_opens_it_for_longer_each_time() -> None:
    fail(5)
    opened: list[int] = []
    at = NOW
    for _ in range(7):
        until = admit_call("c", now_ms=at + 1)
        assert until is not None
        opened.append(until - at)
        at = until
        assert admit_call("c", now_ms=at) is None
        note_failure("c", now_ms=at)

    assert opened == [5_000, 10_000, 15_000, 120_000, 240_000, 480_000, 480_000]


def test_success_closes_it_and_forgets() -> None:
    fail(5)
    note_success("c")
    fail(4)

    assert admit_call("c", now_ms=NOW) is None


def test_another_accounts_circuit_is_its_own() -> None:
    fail(5)

    assert admit_call("d", now_ms=NOW) is None
