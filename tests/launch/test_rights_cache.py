"""Rights brought to a process: a tick finds them there, changes come at once or soon, what was read last stands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError
from msgspec.structs import replace

from lpcontext.accounts.rights import Grant, Right
from lpcontext.launch import CachedRight, Launch, RightsCache, RightUnknown
from lpcontext.snapshots import MemoryUnavailable, publish_rights_change
from lpcontext.subjects import VisitKey
from tests.support.viewers import USUALLY_HIDDEN
from tests.support.waiting import PATIENCE_SECONDS

KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
LAUNCH = Launch(subject=KEY, slug="abc", opened_ms=1_000, expires_ms=9_000)
GOOD, ENDED = Right(is_good=True, hidden=USUALLY_HIDDEN), Right(is_good=False, hidden=USUALLY_HIDDEN)
SHORT, NEVER = 0.02, 3_600.0


class Database:
    """What a test says it holds, and how often it was read."""

    def __init__(self) -> None:
        self.right, self.is_away = GOOD, False
        self.fault: Exception | None = None
        self.readings: list[list[Grant]] = []
        self._read = threading.Condition()

    def read(self, grants: Collection[Grant]) -> dict[Grant, Right]:
        with self._read:
            self.readings.append(list(grants))
            self._read.notify_all()
            if self.fault is not None:
                raise self.fault
            if self.is_away:
                raise OperationalError
            return dict.fromkeys(grants, self.right)

    def wait_for_more(self, count: int = 1) -> None:
        with self._read:
            wanted = len(self.readings) + count
            assert self._read.wait_for(lambda: len(self.readings) >= wanted, timeout=PATIENCE_SECONDS)


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def open_cache(database: Database) -> Iterator[Callable[..., RightsCache]]:
    caches: list[RightsCache] = []

    def open_one(*, period_seconds: float = NEVER) -> RightsCache:
        caches.append(RightsCache(read=database.read, period_seconds=period_seconds))
        return caches[-1]

    yield open_one
    for cache in caches:
        cache.close()


def tick_until(cache: RightsCache, cached: CachedRight, right: Right) -> None:
    """As panels do, until it is found so."""
    over, pause = threading.Event(), 0.01
    for _ in range(int(PATIENCE_SECONDS / pause)):
        if cache.find(cached) == right:
            return
        over.wait(pause)
    raise AssertionError("never said")


def tick_until_known(cache: RightsCache, cached: CachedRight) -> None:
    over, pause = threading.Event(), 0.01
    for _ in range(int(PATIENCE_SECONDS / pause)):
        with suppress(RightUnknown):
            cache.find(cached)
            return
        over.wait(pause)
    raise AssertionError("never said again")


def tick_until_unknown(cache: RightsCache, cached: CachedRight) -> None:
    over, pause = threading.Event(), 0.01
    for _ in range(int(PATIENCE_SECONDS / pause)):
        try:
            cache.find(cached)
        except RightUnknown:
            return
        over.wait(pause)
    raise AssertionError("still said")


@pytest.mark.usefixtures("memory")
def test_a_right_is_read_with_its_first_tick_and_once_for_all_its_panels(
    open_cache: Callable[..., RightsCache], database: Database
) -> None:
    cache = open_cache()

    found = [cache.find(cache.find_cached(LAUNCH)) for _ in range(50)]

    assert found == [GOOD] * 50
    assert database.readings == [[Grant("71820394", "abc", "")]]


@pytest.mark.usefixtures("memory")
def test_a_change_is_read_when_it_is_notified(open_cache: Callable[..., RightsCache], database: Database) -> None:
    cache = open_cache()
    cached = cache.find_cached(LAUNCH)
    cache.find(cached)
    database.right = ENDED

    notify_until(lambda: cached.right == ENDED)

    assert cache.find(cached) == ENDED


def notify_until(is_so: Callable[[], bool]) -> None:
    """The subscription to Redis may not stand yet when the first notification goes out."""
    pause = threading.Event()
    for _ in range(int(PATIENCE_SECONDS / 0.05)):
        publish_rights_change()
        pause.wait(0.05)
        if is_so():
            return
    raise AssertionError("never heard")


def test_without_a_notification_a_change_is_read_within_a_period(
    open_cache: Callable[..., RightsCache], database: Database, settings: Any
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    cache = open_cache(period_seconds=SHORT)
    cached = cache.find_cached(LAUNCH)
    assert cache.find(cached) == GOOD

    database.right = ENDED

    tick_until(cache, cached, ENDED)


@pytest.mark.usefixtures("memory")
def test_while_the_database_is_away_its_last_word_stands(
    open_cache: Callable[..., RightsCache], database: Database
) -> None:
    cache = open_cache()
    cached = cache.find_cached(LAUNCH)
    cache.find(cached)
    database.is_away = True
    before = len(database.readings)
    notify_until(lambda: len(database.readings) > before)
    database.right = ENDED

    assert cache.find(cached) == GOOD

    database.is_away = False
    tick_until(cache, cached, ENDED)


@pytest.mark.usefixtures("memory")
def test_a_right_that_was_never_read_opens_nothing_while_the_database_is_away(
    open_cache: Callable[..., RightsCache], database: Database
) -> None:
    database.is_away = True
    cache = open_cache()
    cached = cache.find_cached(LAUNCH)
    for _ in range(20):
        with pytest.raises(RightUnknown):
            cache.find(cached)

    database.is_away = False

    database.wait_for_more()
    assert cache.find(cached) == GOOD


@pytest.mark.usefixtures("memory")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_where_rights_can_be_read_no_more_nothing_is_shown(
    open_cache: Callable[..., RightsCache], database: Database
) -> None:
    cache = open_cache(period_seconds=SHORT)
    cached = cache.find_cached(LAUNCH)
    assert cache.find(cached) == GOOD
    database.fault = KeyError()

    tick_until_unknown(cache, cached)

    for thread in threading.enumerate():
        if thread.name == "rights":
            thread.join(PATIENCE_SECONDS)  # it says what ended it before it is gone
    with pytest.raises(RightUnknown):
        cache.find(cache.find_cached(replace(LAUNCH, slug="other")))

    database.fault = None
    tick_until_known(cache, cached)
    assert cache.find(cached) == GOOD


@pytest.mark.usefixtures("memory")
def test_what_nobody_ticks_with_is_read_no_more_and_anew_when_somebody_does(
    open_cache: Callable[..., RightsCache], database: Database
) -> None:
    cache = open_cache(period_seconds=SHORT)
    cached = cache.find_cached(LAUNCH)
    cache.find(cached)
    pause = threading.Event()
    for _ in range(int(PATIENCE_SECONDS / SHORT)):
        if cached.right is None:
            break
        pause.wait(SHORT)
    asked = len(database.readings)
    pause.wait(5 * SHORT)

    assert (cached.right, len(database.readings)) == (None, asked)
    assert cache.find(cached) == GOOD


def test_a_notification_that_cannot_be_sent_says_so(settings: Any) -> None:
    from lpcontext.snapshots.memory import forget_connection

    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    with pytest.raises(MemoryUnavailable):
        publish_rights_change()
    forget_connection()
