"""Two machines, each `lpcontext up`, on one memory: still one call per interval, whichever of them dies."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from tests.support.panels import Panels, now_ms
from tests.support.processes import CHECKOUT, find_free_ports, wait_until_said
from tests.support.running_stack import RunningStack
from tests.support.stack_processes import processes_of
from tests.support.stack_subjects import VisitSubject
from tests.support.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")

VISITS, INTERVALS, INTERVAL_MS = 20, 8, 1_000


@pytest.fixture(scope="module")
def second_url(stack: RunningStack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The other machine's web server."""
    folder, [port] = tmp_path_factory.mktemp("second"), find_free_ports(1)
    url = f"http://localhost:{port}"
    environment = stack.environment | stack.running()
    database = f"sqlite:///{stack.environment['LPCONTEXT_VAR_DIR']}/lpcontext.sqlite3"
    environment |= {"LPCONTEXT_VAR_DIR": str(folder / "var"), "LPCONTEXT_PUBLIC_URL": url}
    environment |= {"LPCONTEXT_DATABASE_URL": database}
    command = [sys.executable, "-m", "lpcontext.cli", "up", "--port", str(port)]
    with (folder / "up.log").open("w") as log:
        second = subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_until_said(second, folder / "up.log", "lpcontext is up")
            yield url
        finally:
            second.send_signal(signal.SIGTERM)
            second.wait(PATIENCE_SECONDS)


def test_one_call_per_interval_whichever_worker_dies(stack: RunningStack, second_url: str) -> None:
    subjects = stack.create_visits(VISITS)
    with Panels(stack, subjects) as here, Panels(stack, subjects, url=second_url) as there:
        for panels in (here, there):
            panels.wait_until_live()
        assert_one_call_per_interval(stack, subjects)

        parts = processes_of(stack)
        parts.kill(*parts.find_all("The worker"))
        killed_ms = now_ms()
        for panels in (here, there):
            panels.wait_until_live(since_ms=killed_ms)
        assert_one_call_per_interval(stack, subjects)


def assert_one_call_per_interval(stack: RunningStack, subjects: Sequence[VisitSubject]) -> None:
    """From the next interval on."""
    time.sleep(INTERVAL_MS / 1000)
    since_ms = now_ms()
    time.sleep(INTERVALS * INTERVAL_MS / 1000)
    calls = [[at for at in moments if at > since_ms] for moments in stack.arrivals(subjects).values()]
    assert max(map(len, calls)) <= INTERVALS + 1
    assert min(map(len, calls)) >= INTERVALS // 2
    gaps = [later - earlier for each in calls for earlier, later in pairwise(each)]
    assert min(gaps) > INTERVAL_MS / 2
