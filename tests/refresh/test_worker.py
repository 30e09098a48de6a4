"""What a worker does besides its shifts: memory's lifetime is known while one lives."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from lpcontext.refresh.worker import Worker
from lpcontext.snapshots.memory import connect
from tests.support.waiting import PATIENCE_SECONDS

PAUSE_SECONDS = 0.02
BIRTH, HALF_AN_HOUR_MS = "lpc:born", 1_800_000


@pytest.fixture
def _worker(memory: None) -> Iterator[None]:
    worker = Worker()
    worker.start()
    yield
    worker.stop()


def wait_until_kept() -> None:
    pause = threading.Event()
    for _ in range(int(PATIENCE_SECONDS / PAUSE_SECONDS)):
        if connect().pttl(BIRTH) > HALF_AN_HOUR_MS:
            return
        pause.wait(PAUSE_SECONDS)
    raise AssertionError("nobody keeps it")


@pytest.mark.usefixtures("_worker")
def test_a_worker_keeps_since_when_memory_remembers_and_never_moves_it() -> None:
    wait_until_kept()
    born = connect().get(BIRTH)
    connect().pexpire(BIRTH, 60_000)

    wait_until_kept()

    assert connect().get(BIRTH) == born


@pytest.mark.usefixtures("_worker")
def test_a_memory_that_was_emptied_begins_anew_by_itself() -> None:
    wait_until_kept()
    connect().flushall()

    wait_until_kept()
