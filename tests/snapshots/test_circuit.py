"""The circuit: opens after five failures, lets one probe through, and pauses the account as one after a 429."""

from __future__ import annotations

import pytest

from lpcontext.snapshots import PROBE_MS, name_of_circuit, note_failure, note_limit, note_success
from lpcontext.snapshots.memory import connect
from tests.support.account_queue import LONG_MS, AccountQueue, redis_now_ms

pytestmark = pytest.mark.usefixtures("memory")


@pytest.fixture
def queue() -> AccountQueue:
    """With more that is due than any test takes."""
    queue = AccountQueue()
    queue.add(*range(40))
    return queue


def fail(queue: AccountQueue, times: int, *, is_probe: bool = False) -> list[int | None]:
    return [note_failure(queue.circuit, is_probe=is_probe) for _ in range(times)]


def opens_for(queue: AccountQueue, ms: int, *, is_probe: bool = True) -> bool:
    """Is it so long that one more failure opens it?"""
    before = redis_now_ms()
    until_ms = note_failure(queue.circuit, is_probe=is_probe)
    return until_ms is not None and before + ms <= until_ms <= redis_now_ms() + ms


def open_for(queue: AccountQueue) -> int | None:
    """Until when it is open, by a taking that takes at most one."""
    return queue.take(most=1).closed_until_ms


def probe(queue: AccountQueue) -> None:
    """The pause is over, and one claim is the call that decides."""
    queue.pass_time(10 * LONG_MS)
    taken = queue.take()
    assert (taken.is_probe, taken.closed_until_ms, len(taken.claims)) == (True, None, 1)


def test_four_failures_leave_it_closed(queue: AccountQueue) -> None:
    assert fail(queue, 4) == [None] * 4

    taken = queue.take(most=7)
    assert (taken.closed_until_ms, taken.is_probe, taken.failures, len(taken.claims)) == (None, False, 4, 7)


def test_five_failures_open_it_for_five_seconds(queue: AccountQueue) -> None:
    before = redis_now_ms()
    *earlier, until_ms = fail(queue, 5)

    assert earlier == [None] * 4
    assert until_ms is not None
    assert before + 5000 <= until_ms <= redis_now_ms() + 5000
    assert open_for(queue) == until_ms


def test_what_is_due_while_it_is_open_is_handed_out_to_be_put_off(queue: AccountQueue) -> None:
    fail(queue, 5)
    taken = queue.take(most=9)

    assert len(taken.claims) == 9
    assert not taken.is_probe


def test_what_was_under_way_when_it_opened_lifts_it_no_further(queue: AccountQueue) -> None:
    ends = fail(queue, 16)

    assert ends[:4] == [None] * 4
    assert len({*ends[4:]}) == 1
    probe(queue)
    assert opens_for(queue, 10_000)


def test_what_was_under_way_and_comes_back_after_the_pause_is_no_probe_either(queue: AccountQueue) -> None:
    fail(queue, 5)
    queue.pass_time(5000)
    fail(queue, 11)

    assert queue.take().is_probe


def test_one_probe_is_let_through_and_the_others_wait(queue: AccountQueue) -> None:
    fail(queue, 5)
    queue.pass_time(5000)

    takings = [queue.take(most=1) for _ in range(10)]

    assert [taken.is_probe for taken in takings] == [True] + [False] * 9
    assert all(taken.closed_until_ms for taken in takings[1:])


def test_a_probe_is_one_claim_however_much_is_due(queue: AccountQueue) -> None:
    fail(queue, 5)

    probe(queue)


def test_where_nothing_is_due_no_probe_is_spent() -> None:
    queue = AccountQueue()
    fail(queue, 5)
    queue.pass_time(5000)
    queue.take()
    queue.add(1)

    assert queue.take().is_probe


def test_a_probe_that_never_reports_is_replaced(queue: AccountQueue) -> None:
    fail(queue, 5)
    probe(queue)
    assert not queue.take(most=1).is_probe

    queue.pass_time(PROBE_MS)

    assert queue.take().is_probe


def test_a_failed_probe_opens_it_for_longer_each_time(queue: AccountQueue) -> None:
    fail(queue, 4)
    assert opens_for(queue, 5_000, is_probe=False)
    for pause_ms in (10_000, 15_000, 120_000, 240_000, 480_000, 480_000):
        probe(queue)
        assert opens_for(queue, pause_ms)


def test_only_the_probe_climbs(queue: AccountQueue) -> None:
    fail(queue, 5)
    probe(queue)
    fail(queue, 30)

    assert opens_for(queue, 10_000)


def test_success_closes_it_and_forgets(queue: AccountQueue) -> None:
    fail(queue, 5)
    probe(queue)
    assert note_success(queue.circuit, is_probe=True)

    assert fail(queue, 4) == [None] * 4
    assert open_for(queue) is None
    assert opens_for(queue, 5_000, is_probe=False)


def test_success_while_it_is_closed_forgets_the_failures_so_far(queue: AccountQueue) -> None:
    fail(queue, 4)

    assert not note_success(queue.circuit, is_probe=False)
    assert fail(queue, 4) == [None] * 4


def test_only_the_probes_success_closes_it(queue: AccountQueue) -> None:
    fail(queue, 5)

    assert not note_success(queue.circuit, is_probe=False)
    assert open_for(queue) is not None
    probe(queue)
    assert not note_success(queue.circuit, is_probe=False)
    assert open_for(queue) is not None


def test_another_accounts_circuit_is_its_own_and_so_is_another_services(queue: AccountQueue) -> None:
    fail(queue, 5)
    elsewhere = [name_of_circuit("90817263", "smt"), name_of_circuit(queue.account_id, "agentVep")]

    assert len({queue.circuit, *elsewhere}) == 3
    assert [queue.take(most=1, circuit=circuit).closed_until_ms for circuit in elsewhere] == [None, None]


# 429


def limit(queue: AccountQueue, *, is_probe: bool = False, least_ms: int = 5000, wished_ms: int = 0) -> int:
    return note_limit(queue.circuit, is_probe=is_probe, least_ms=least_ms, wished_ms=wished_ms)


def pauses_for(
    queue: AccountQueue, ms: int, *, is_probe: bool = False, least_ms: int = 5000, wished_ms: int = 0
) -> bool:
    """Is it so long that one more 429 pauses the account?"""
    before = redis_now_ms()
    until_ms = limit(queue, is_probe=is_probe, least_ms=least_ms, wished_ms=wished_ms)
    return before + ms <= until_ms <= redis_now_ms() + ms


def test_one_429_pauses_the_whole_account(queue: AccountQueue) -> None:
    until_ms = limit(queue)

    takings = [queue.take(most=1) for _ in range(5)]
    assert [taken.closed_until_ms for taken in takings] == [until_ms] * 5


def test_it_pauses_for_the_interval_at_least_and_then_one_is_let_through(queue: AccountQueue) -> None:
    assert pauses_for(queue, 5000, least_ms=5000, wished_ms=1000)

    queue.pass_time(5000)
    assert [queue.take(most=1).is_probe for _ in range(3)] == [True, False, False]


def test_it_doubles_with_each_probe_that_is_limited_up_to_a_minute(queue: AccountQueue) -> None:
    assert pauses_for(queue, 5_000)
    for pause_ms in (10_000, 20_000, 40_000, 60_000, 60_000):
        probe(queue)
        assert pauses_for(queue, pause_ms, is_probe=True)


def test_an_interval_longer_than_a_minute_is_never_cut(queue: AccountQueue) -> None:
    assert pauses_for(queue, 90_000, least_ms=90_000)


def test_sixteen_under_way_that_are_limited_at_once_double_nothing(queue: AccountQueue) -> None:
    for _ in range(16):
        limit(queue)
    probe(queue)

    assert pauses_for(queue, 10_000, is_probe=True)


def test_a_longer_pause_asked_for_is_kept_and_stays(queue: AccountQueue) -> None:
    assert pauses_for(queue, 300_000, wished_ms=300_000)

    wished = open_for(queue)
    limit(queue, wished_ms=1000)
    assert open_for(queue) == wished


def test_a_longer_pause_that_comes_late_counts_too(queue: AccountQueue) -> None:
    limit(queue)

    assert pauses_for(queue, 300_000, wished_ms=300_000)


def test_an_answer_that_was_under_way_does_not_end_the_pause(queue: AccountQueue) -> None:
    until_ms = limit(queue)

    assert not note_success(queue.circuit, is_probe=False)
    assert open_for(queue) == until_ms


def test_the_probes_answer_ends_it_and_the_next_429_begins_at_the_first_step(queue: AccountQueue) -> None:
    limit(queue)
    probe(queue)
    limit(queue, is_probe=True)
    probe(queue)

    assert note_success(queue.circuit, is_probe=True)
    assert open_for(queue) is None
    assert pauses_for(queue, 5_000)


def test_a_circuit_is_forgotten_in_the_end(queue: AccountQueue) -> None:
    for note in (lambda: fail(queue, 1), lambda: fail(queue, 9), lambda: limit(queue)):
        note()
        assert 0 < connect().pttl(f"lpc:c:{queue.circuit}") <= 2 * 3_600_000
