"""A Redis that is silent costs one caller at a time one time-out; the others lose none, and are soon let through."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from lpcontext.snapshots import MemoryUnavailable, lock_is_held, memory_now_ms, renew_lock
from lpcontext.snapshots.memory import connect, forget_connection, learn_now
from tests.support.account_queue import redis_now_ms
from tests.support.waiting import wait_until

_TIME_OUT = 0.5
_REST = 0.3


class SilentRedis:
    """Takes every connection and says the same to every command, which is nothing at first."""

    def __init__(self) -> None:
        self.accepted = 0
        self.says = b""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._connections: list[socket.socket] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self.address = f"redis://127.0.0.1:{self._socket.getsockname()[1]}/0"

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.accepted += 1
            self._connections.append(connection)
            if self.says:
                threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            while asked := connection.recv(4096):
                connection.sendall(self.says * len(re.findall(rb"\*\d+\r\n", asked)))
        except OSError:  # hung up on, which is how it ends
            return

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()
        for connection in self._connections:
            connection.close()


@pytest.fixture
def silent(settings: Any) -> Iterator[SilentRedis]:
    redis = SilentRedis()
    settings.REDIS_URL = redis.address
    settings.MEMORY_SECONDS = _TIME_OUT
    forget_connection()
    yield redis
    forget_connection()
    redis.close()


def is_there() -> bool:
    try:
        lock_is_held("m")
    except MemoryUnavailable:
        return False
    return True


def test_a_silent_redis_holds_up_one_caller_at_a_time(silent: SilentRedis) -> None:
    """Four threads that each waited a whole time-out would have tried sixteen times."""
    assert not is_there()
    begun, refusals = time.monotonic(), [0] * 4

    def ask(number: int) -> None:
        while time.monotonic() - begun < 4 * _TIME_OUT:
            assert not is_there()
            refusals[number] += 1

    threads = [threading.Thread(target=ask, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    lasted = time.monotonic() - begun
    assert silent.accepted <= 2 + lasted / (_TIME_OUT + _REST)
    assert sum(refusals) > silent.accepted


def test_when_it_speaks_again_everybody_is_let_through(settings: Any, silent: SilentRedis, valkey_address: str) -> None:
    assert not is_there()
    settings.REDIS_URL = valkey_address
    connect.cache_clear()  # as a name that leads elsewhere after a fail-over; the outage lasts on

    assert not is_there()
    wait_until(is_there)
    assert all(is_there() for _ in range(50))


def test_a_refusal_is_an_answer_and_nobody_waits_because_of_it(silent: SilentRedis) -> None:
    """After a fail-over the first to be let through is refused: Redis speaks, and is asked by all again."""
    assert not is_there()
    silent.says = b"-READONLY You can't write against a read only replica.\r\n"
    connect().connection_pool.disconnect()
    before = silent.accepted

    def was_asked() -> bool:
        assert not is_there()
        return silent.accepted > before

    wait_until(was_asked)
    messages = set[str]()
    for _ in range(50):
        with pytest.raises(MemoryUnavailable) as refused:
            renew_lock("m", seconds=1)
        messages.add(str(refused.value))
    assert messages == {"Redis refused a command"}


def test_nobody_learns_what_redis_said(silent: SilentRedis) -> None:
    silent.says = b"-ERR something with an address in it: 10.1.2.3\r\n"

    with pytest.raises(MemoryUnavailable) as refused:
        lock_is_held("m")

    assert "10.1.2.3" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@pytest.mark.usefixtures("memory")
def test_the_clock_is_redis_own_and_goes_on_between_answers() -> None:
    before = redis_now_ms()
    known = memory_now_ms()

    assert before <= known <= redis_now_ms()
    learn_now(known + 3_600_000)
    assert known + 3_600_000 <= memory_now_ms()
    learn_now(known)
    assert memory_now_ms() < known + 3_600_000


def test_a_connection_that_was_forgotten_says_nothing_of_the_next(
    silent: SilentRedis, valkey_address: str, settings: Any
) -> None:
    failed: list[MemoryUnavailable] = []

    def ask() -> None:
        try:
            lock_is_held("k")
        except MemoryUnavailable as unavailable:
            failed.append(unavailable)

    asking = threading.Thread(target=ask)
    asking.start()
    wait_until(lambda: silent.accepted > 0)
    settings.REDIS_URL = valkey_address
    forget_connection()
    asking.join()

    assert len(failed) == 1
    assert memory_now_ms() > 0
