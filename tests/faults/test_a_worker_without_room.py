"""More watched accounts than a worker has threads: who waits for room fills no broker meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lpcontext.snapshots.memory import connect
from tests.support.account_queue import AccountQueue
from tests.support.environment import clean_environment
from tests.support.processes import CHECKOUT
from tests.support.waiting import PATIENCE_SECONDS, wait_until

pytestmark = pytest.mark.usefixtures("memory")
MESSAGES = "lpc:q:refresh"
# A worker looks twice a second for accounts that nobody tends.
WATCHED_SECONDS = 5.0
A_HANDFUL = 2


@pytest.fixture
def environment(valkey_address: str, tmp_path: Path) -> dict[str, str]:
    """Of a worker, with a database of its own."""
    environment = clean_environment(str(tmp_path)) | {
        "LPCONTEXT_REDIS_URL": valkey_address,
        "LPCONTEXT_BROKER_URL": valkey_address,
    }
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=environment, cwd=CHECKOUT, check=True, timeout=PATIENCE_SECONDS)
    return environment


@pytest.fixture
def queues(memory: None) -> list[AccountQueue]:
    """Two accounts with a watched visit each, and nobody who tends them."""
    queues = [AccountQueue(account_id="6201"), AccountQueue(account_id="6202")]
    for queue in queues:
        queue.add(1)
    return queues


@pytest.fixture
def _worker_of_one_thread(environment: dict[str, str], queues: list[AccountQueue]) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "lpcontext", "worker", "--pool", "threads"]
    options = ["--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "error"]
    with subprocess.Popen([*command, *options], env=os.environ | environment, cwd=CHECKOUT) as worker:
        yield
        worker.kill()


def tended(queues: list[AccountQueue]) -> int:
    return int(connect().exists(*[f"lpc:l:{queue.account}:0" for queue in queues]))


@pytest.mark.usefixtures("_worker_of_one_thread")
def test_a_shift_nobody_has_room_for_is_asked_for_once(queues: list[AccountQueue]) -> None:
    wait_until(lambda: tended(queues) == 1 and connect().llen(MESSAGES) > 0)

    time.sleep(WATCHED_SECONDS)

    assert tended(queues) == 1
    assert 1 <= connect().llen(MESSAGES) <= A_HANDFUL
