"""What a process keeps of its panels: bounded in bytes, gone a minute after its last use, also if nobody asks again."""

from __future__ import annotations

import sys
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest

from lpcontext.panel.caching.expiring_cache import KEPT_SECONDS, ExpiringCache

MOST_BYTES = 100_000
PERIOD_SECONDS = KEPT_SECONDS / 3
PATIENCE_SECONDS = 20.0


class Time:
    """A clock that stands until a test moves it, and runs what was asked for by then."""

    def __init__(self) -> None:
        self.seconds = 1_000.0
        self.asked: list[tuple[float, Callable[[], None]]] = []

    def clock(self) -> float:
        return self.seconds

    def run_later(self, seconds: float, work: Callable[[], None]) -> None:
        self.asked.append((self.seconds + seconds, work))

    def move(self, seconds: float) -> None:
        until = self.seconds + seconds
        while self.asked and self.asked[0][0] <= until:
            self.seconds, work = self.asked.pop(0)
            work()
        self.seconds = until


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def cache(time: Time) -> ExpiringCache[str, str]:
    return ExpiringCache(
        most_bytes=MOST_BYTES,
        measure=lambda key, value: len(key) + len(value),
        clock=time.clock,
        run_later=time.run_later,
    )


def test_what_is_kept_is_found(cache: ExpiringCache[str, str]) -> None:
    cache.keep("one", "opened")

    assert cache.find("one") == "opened"
    assert cache.find("other") is None


def test_an_empty_value_is_kept_too(cache: ExpiringCache[str, str]) -> None:
    cache.keep("one", "")

    assert cache.find("one") == ""


def test_what_is_kept_again_is_the_later(cache: ExpiringCache[str, str]) -> None:
    cache.keep("one", "opened")
    cache.keep("one", "opened again")

    assert (cache.find("one"), len(cache)) == ("opened again", 1)


class Opened:
    """A value whose end can be seen without asking the cache."""


def test_what_is_not_used_is_gone_after_its_time_although_nobody_asks(time: Time) -> None:
    cache: ExpiringCache[str, Opened] = ExpiringCache(
        most_bytes=MOST_BYTES, measure=lambda *_: 1, clock=time.clock, run_later=time.run_later
    )
    opened = Opened()
    cache.keep("one", opened)
    kept = weakref.ref(opened)
    del opened

    time.move(PERIOD_SECONDS)
    assert kept() is not None

    time.move(KEPT_SECONDS - PERIOD_SECONDS)
    assert kept() is None
    assert (len(cache), cache.count_bytes(), cache.find("one")) == (0, 0, None)


def test_each_is_gone_after_its_own_last_use(cache: ExpiringCache[str, str], time: Time) -> None:
    cache.keep("one", "opened")
    cache.keep("other", "opened")
    time.move(KEPT_SECONDS / 2)
    assert cache.find("other") == "opened"

    time.move(KEPT_SECONDS / 2)
    assert (cache.find("one"), len(cache)) == (None, 1)

    time.move(KEPT_SECONDS / 2)
    assert len(cache) == 0


@pytest.mark.parametrize("pause_seconds", [1.0, 5.0, PERIOD_SECONDS - 0.1, PERIOD_SECONDS])
def test_what_is_used_stays(cache: ExpiringCache[str, str], time: Time, pause_seconds: float) -> None:
    cache.keep("one", "opened")
    for _ in range(int(5 * KEPT_SECONDS / pause_seconds)):
        time.move(pause_seconds)
        assert cache.find("one") == "opened"


def test_time_is_asked_for_once_and_only_while_something_is_kept(cache: ExpiringCache[str, str], time: Time) -> None:
    assert time.asked == []
    cache.keep("one", "opened")
    cache.keep("other", "opened")
    assert len(time.asked) == 1

    time.move(KEPT_SECONDS)
    assert time.asked == []

    cache.keep("one", "opened")
    assert len(time.asked) == 1


def test_without_a_clock_from_outside_a_timer_empties_it() -> None:
    cache: ExpiringCache[str, Opened] = ExpiringCache(most_bytes=MOST_BYTES, measure=lambda *_: 1, keep_seconds=0.03)
    opened, gone = Opened(), threading.Event()
    weakref.finalize(opened, gone.set)
    cache.keep("one", opened)
    del opened

    assert gone.wait(PATIENCE_SECONDS)


def test_it_never_holds_more_than_its_bytes_and_keeps_the_newest(cache: ExpiringCache[str, str]) -> None:
    for number in range(10_000):
        cache.keep(f"{number}", "x" * (number % 3_000))
        assert cache.count_bytes() <= MOST_BYTES
        assert cache.find(f"{number}") is not None

    found = [number for number in range(10_000) if cache.find(f"{number}") is not None]

    assert 0 < len(found) == len(cache) < 100


def test_what_would_push_out_all_others_is_not_kept(cache: ExpiringCache[str, str]) -> None:
    cache.keep("one", "opened")
    cache.keep("giant", "x" * 60_000)

    assert cache.find("giant") is None
    assert cache.find("one") == "opened"


def test_what_is_dropped_by_two_ticks_at_once_is_dropped(cache: ExpiringCache[str, str]) -> None:
    """The second found nothing and said so with the token, in a KeyError."""
    cache.keep("token", "opened")

    cache.drop("token")
    cache.drop("token")

    assert (cache.find("token"), cache.count_bytes()) == (None, 0)


@pytest.fixture
def _threads_switch_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_threads_switch_often")
def test_many_threads_at_once_fill_it_to_its_bound_and_no_further(cache: ExpiringCache[str, str], time: Time) -> None:
    faults: list[Exception] = []

    def use(rank: int) -> None:
        try:
            for number in range(2_000):
                cache.keep(f"{rank} {number % 400}", "x" * 500)
                cache.find(f"{rank} {(number + 1) % 400}")
                cache.drop(f"{(rank + 1) % 4} {number % 400}")
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=use, args=(rank,)) for rank in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert cache.count_bytes() <= MOST_BYTES
    time.move(KEPT_SECONDS)
    assert (len(cache), cache.count_bytes()) == (0, 0)
