"""Rights brought to a process: a tick finds them there, changes come at once or soon, the last word stands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError
from msgspec.structs import replace

from lpcontext.accounts import Grant, Right
from lpcontext.launch import HeldRight, Launch, RightsBook, RightUnknown
from lpcontext.snapshots import MemoryUnavailable, publish_rights_change
from lpcontext.subjects import VisitKey

KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
LAUNCH = Launch(subject=KEY, slug="abc", opened_ms=1_000, expires_ms=9_000)
GOOD, ENDED = Right(is_good=True, masked=True), Right(is_good=False, masked=True)
SHORT, NEVER = 0.02, 3_600.0
PATIENCE = 20.0


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
            assert self._read.wait_for(lambda: len(self.readings) >= wanted, timeout=PATIENCE)


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def open_book(database: Database) -> Iterator[Callable[..., RightsBook]]:
    books: list[RightsBook] = []

    def open_one(*, period_seconds: float = NEVER) -> RightsBook:
        books.append(RightsBook(read=database.read, period_seconds=period_seconds))
        return books[-1]

    yield open_one
    for book in books:
        book.close()


def tick_until(book: RightsBook, held: HeldRight, right: Right) -> None:
    """As panels do, until it is told so."""
    over, pause = threading.Event(), 0.01
    for _ in range(int(PATIENCE / pause)):
        if book.find(held) == right:
            return
        over.wait(pause)
    raise AssertionError("never told")


def tick_until_known(book: RightsBook, held: HeldRight) -> None:
    over, pause = threading.Event(), 0.01
    for _ in range(int(PATIENCE / pause)):
        with suppress(RightUnknown):
            book.find(held)
            return
        over.wait(pause)
    raise AssertionError("never told again")


def tick_until_unknown(book: RightsBook, held: HeldRight) -> None:
    over, pause = threading.Event(), 0.01
    for _ in range(int(PATIENCE / pause)):
        try:
            book.find(held)
        except RightUnknown:
            return
        over.wait(pause)
    raise AssertionError("still told")


@pytest.mark.usefixtures("memory")
def test_a_right_is_read_with_its_first_tick_and_once_for_all_its_panels(
    open_book: Callable[..., RightsBook], database: Database
) -> None:
    book = open_book()

    told = [book.find(book.hold(LAUNCH)) for _ in range(50)]

    assert told == [GOOD] * 50
    assert database.readings == [[Grant("71820394", "abc", "")]]


@pytest.mark.usefixtures("memory")
def test_a_change_is_read_when_it_is_told(open_book: Callable[..., RightsBook], database: Database) -> None:
    book = open_book()
    held = book.hold(LAUNCH)
    book.find(held)
    database.right = ENDED

    tell_rights_changed_until(lambda: held.right == ENDED)

    assert book.find(held) == ENDED


def tell_rights_changed_until(is_so: Callable[[], bool]) -> None:
    """The line to Redis may not stand yet when the first word goes out."""
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.05)):
        publish_rights_change()
        pause.wait(0.05)
        if is_so():
            return
    raise AssertionError("never heard")


def test_without_a_word_a_change_is_read_within_a_period(
    open_book: Callable[..., RightsBook], database: Database, settings: Any
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    book = open_book(period_seconds=SHORT)
    held = book.hold(LAUNCH)
    assert book.find(held) == GOOD

    database.right = ENDED

    tick_until(book, held, ENDED)


@pytest.mark.usefixtures("memory")
def test_while_the_database_is_away_its_last_word_stands(
    open_book: Callable[..., RightsBook], database: Database
) -> None:
    book = open_book()
    held = book.hold(LAUNCH)
    book.find(held)
    database.is_away = True
    before = len(database.readings)
    tell_rights_changed_until(lambda: len(database.readings) > before)
    database.right = ENDED

    assert book.find(held) == GOOD

    database.is_away = False
    tick_until(book, held, ENDED)


@pytest.mark.usefixtures("memory")
def test_a_right_that_was_never_read_opens_nothing_while_the_database_is_away(
    open_book: Callable[..., RightsBook], database: Database
) -> None:
    database.is_away = True
    book = open_book()
    held = book.hold(LAUNCH)
    for _ in range(20):
        with pytest.raises(RightUnknown):
            book.find(held)

    database.is_away = False

    database.wait_for_more()
    assert book.find(held) == GOOD


@pytest.mark.usefixtures("memory")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_where_rights_can_be_read_no_more_nothing_is_shown(
    open_book: Callable[..., RightsBook], database: Database
) -> None:
    book = open_book(period_seconds=SHORT)
    held = book.hold(LAUNCH)
    assert book.find(held) == GOOD
    database.fault = KeyError()

    tick_until_unknown(book, held)

    for thread in threading.enumerate():
        if thread.name == "rights":
            thread.join(PATIENCE)  # it says what ended it before it is gone
    with pytest.raises(RightUnknown):
        book.find(book.hold(replace(LAUNCH, slug="other")))

    database.fault = None
    tick_until_known(book, held)
    assert book.find(held) == GOOD


@pytest.mark.usefixtures("memory")
def test_what_nobody_ticks_with_is_read_no_more_and_anew_when_somebody_does(
    open_book: Callable[..., RightsBook], database: Database
) -> None:
    book = open_book(period_seconds=SHORT)
    held = book.hold(LAUNCH)
    book.find(held)
    pause = threading.Event()
    for _ in range(int(PATIENCE / SHORT)):
        if held.right is None:
            break
        pause.wait(SHORT)
    asked = len(database.readings)
    pause.wait(5 * SHORT)

    assert (held.right, len(database.readings)) == (None, asked)
    assert book.find(held) == GOOD


def test_a_word_that_cannot_be_told_says_so(settings: Any) -> None:
    from lpcontext.snapshots.memory import forget_connection

    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    with pytest.raises(MemoryUnavailable):
        publish_rights_change()
    forget_connection()
