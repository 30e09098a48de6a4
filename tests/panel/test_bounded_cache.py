"""Drawings a process keeps: bounded in bytes, gone a minute after their last use, named by nothing of a visitor."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.utils.safestring import SafeString
from msgspec.structs import replace

from lpcontext.panel.caching.bounded_cache import BoundedCache, digest_of
from lpcontext.panel.caching.expiring_cache import KEPT_SECONDS
from lpcontext.visits import Cart, Page, PageEvent, PageView
from lpcontext.visits.model import Event
from tests.support.processes import CHECKOUT

MEGABYTE = 1024 * 1024


class Timers:
    """Stands for the passing of time: `pass_half` is half of the time something is kept."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, Callable[[], None]]] = []

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        self.asked.append((seconds, work))

    def pass_half(self) -> None:
        [(seconds, work)] = self.asked
        assert seconds == KEPT_SECONDS / 2
        self.asked.clear()
        work()


@pytest.fixture
def timers() -> Timers:
    return Timers()


@pytest.fixture
def cache(timers: Timers) -> BoundedCache[str]:
    return BoundedCache(most_bytes=100_000, later=timers.later)


def test_what_is_kept_is_found(cache: BoundedCache[str]) -> None:
    cache.keep(b"one", "drawn")

    assert cache.find(b"one") == "drawn"
    assert cache.find(b"other") is None


def test_an_empty_piece_is_kept_too(cache: BoundedCache[str]) -> None:
    cache.keep(b"one", "")

    assert cache.find(b"one") == ""


def test_what_is_not_used_is_gone_after_its_time(cache: BoundedCache[str], timers: Timers) -> None:
    cache.keep(b"one", "drawn")
    timers.pass_half()
    timers.pass_half()

    assert cache.find(b"one") is None
    assert cache.count_bytes() == 0


def test_what_is_used_stays(cache: BoundedCache[str], timers: Timers) -> None:
    cache.keep(b"one", "drawn")
    for _ in range(5):
        timers.pass_half()
        assert cache.find(b"one") == "drawn"


def test_time_is_asked_for_once_and_only_while_something_is_kept(cache: BoundedCache[str], timers: Timers) -> None:
    assert timers.asked == []
    cache.keep(b"one", "drawn")
    cache.keep(b"other", "drawn")
    assert len(timers.asked) == 1

    timers.pass_half()
    timers.pass_half()
    assert timers.asked == []

    cache.keep(b"one", "drawn")
    assert len(timers.asked) == 1


def test_it_never_holds_more_than_its_bytes_and_keeps_the_newest(cache: BoundedCache[str]) -> None:
    for number in range(10_000):
        cache.keep(f"{number}".encode(), "x" * (number % 3_000))
        assert cache.count_bytes() <= 100_000
        assert cache.find(f"{number}".encode()) is not None


def test_what_would_push_out_all_others_is_not_kept(cache: BoundedCache[str]) -> None:
    cache.keep(b"one", "drawn")
    cache.keep(b"giant", "x" * 60_000)

    assert cache.find(b"giant") is None
    assert cache.find(b"one") == "drawn"


def test_it_forgets(cache: BoundedCache[str]) -> None:
    cache.keep(b"one", "drawn")
    cache.forget()

    assert (cache.find(b"one"), len(cache), cache.count_bytes()) == (None, 0, 0)


def test_a_name_is_the_same_for_the_same_and_tells_nothing_of_it() -> None:
    stop = PageView(page=Page(title="Myname"), events=(PageEvent(event=Event(kind="cart", attribute=Cart(total=5.0))),))

    assert digest_of("a", stop) == digest_of("a", replace(stop))
    assert digest_of("a", stop) != digest_of("a", replace(stop, loads=2))
    assert digest_of("a", "b") != digest_of("ab", "")
    assert digest_of("<b>") != digest_of(SafeString("<b>"))
    assert len(digest_of(stop)) == 16
    assert b"Myname" not in digest_of(stop)


def test_thousands_of_hostile_versions_of_a_visit_do_not_fill_the_process() -> None:
    """In a process of its own, which drew the same before it began to count. They are ten kilobytes each."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.hostile_versions", "10000"],
        cwd=CHECKOUT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    measured = json.loads(done.stdout)

    assert measured["cached_bytes"] <= 32 * MEGABYTE
    assert measured["grown_bytes"] <= 48 * MEGABYTE
