"""SIGKILL of each part of a running `lpcontext demo`: it is there again by itself, and the log says so in one line."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.cli.launched_demo import Launched, launch_demo, session_of
from tests.support.waiting import wait_until

# How soon a worker that lives on signs in at a memory that lost everything is its own affair.
pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc"),
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launched]:
    with launch_demo(tmp_path_factory.mktemp("demo")) as launched:
        yield launched


def wait_for_another(demo: Launched, name: str, *, than: int) -> None:
    wait_until(lambda: demo.is_another(name, than=than))
    wait_until(demo.answers)


@pytest.mark.parametrize("name", ["Valkey", "The worker", "The web server", "The emulator"])
def test_a_part_that_is_killed_is_there_again_and_the_log_says_so_once(demo: Launched, name: str) -> None:
    before, ended = demo.find(name), len(demo.endings(name))

    demo.kill(*demo.find_all(name))

    wait_for_another(demo, name, than=before)
    wait_until(lambda: demo.answers("/readyz"))
    wait_until(demo.emulator_answers)
    [line] = demo.endings(name)[ended:]
    assert "ended by signal 9" in line
    assert "started again in" in line


def test_what_a_killed_web_server_leaves_behind_goes_too(demo: Launched) -> None:
    wait_until(demo.answers)
    before, *workers = demo.find_all("The web server")
    assert workers

    demo.kill(before)

    wait_for_another(demo, "The web server", than=before)
    wait_until(lambda: session_of(before) == [])


def test_a_web_server_that_loses_its_worker_process_is_started_again(demo: Launched) -> None:
    wait_until(demo.answers)
    before, *workers = demo.find_all("The web server")
    assert workers

    demo.kill(*workers)

    wait_for_another(demo, "The web server", than=before)


def test_memory_and_worker_may_die_together(demo: Launched) -> None:
    memory, worker = demo.find("Valkey"), demo.find("The worker")

    demo.kill(memory, *demo.find_all("The worker"))

    wait_for_another(demo, "Valkey", than=memory)
    wait_for_another(demo, "The worker", than=worker)
    wait_until(lambda: demo.answers("/readyz"))  # the new memory knew no worker until the new worker signed in
