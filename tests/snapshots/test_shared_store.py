"""What the workers share, in a real Valkey."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, ExitStack

import pytest

from lpcontext.snapshots import MemoryUnavailable, RedisStore
from lpcontext.snapshots.memory import connect

pytestmark = pytest.mark.usefixtures("memory")
SHORT = 0.05
LONG = 60


def lock(*, seconds: float = LONG, account: str = "1", name: str = "login-lock") -> AbstractContextManager[bool]:
    return RedisStore(account).lock(name, seconds=seconds)


def wait_for_lock(stack: ExitStack) -> None:
    deadline = time.monotonic() + 20
    while not stack.enter_context(lock()):
        assert time.monotonic() < deadline
        time.sleep(SHORT / 5)


def test_a_lock_is_held_by_one_and_free_when_they_leave() -> None:
    with lock() as first, lock() as second, lock(account="2") as elsewhere, lock(name="another") as another:
        assert (first, second, elsewhere, another) == (True, False, True, True)
    with lock() as third:
        assert third


def test_a_lock_that_has_lapsed_is_not_given_back_from_under_the_next_holder() -> None:
    with ExitStack() as later:
        with lock(seconds=SHORT) as got:
            assert got
            wait_for_lock(later)
        with lock() as third:
            assert not third
    with lock() as fourth:
        assert fourth


def test_a_lock_that_has_lapsed_unnoticed_is_no_trouble() -> None:
    with lock(seconds=SHORT):
        connect().flushall()
    with lock() as got:
        assert got


def test_a_holder_that_fails_leaves_its_lock_free() -> None:
    with pytest.raises(ZeroDivisionError), lock():
        raise ZeroDivisionError
    with lock() as got:
        assert got


def test_memory_that_refuses_to_take_a_lock_back_is_said_so() -> None:
    held = lock()
    assert held.__enter__()
    (place,) = connect().keys("lpc:x:*")
    connect().delete(place)
    connect().rpush(place, "no lock at all")

    with pytest.raises(MemoryUnavailable):
        held.__exit__(None, None, None)
