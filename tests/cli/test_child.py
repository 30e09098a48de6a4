"""One child, real processes, and a clock of the test's own."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lpcontext.cli.child import Child
from lpcontext.cli.errors import CannotStart

FAIL = ["/bin/sh", "-c", "exit 3"]
STAY = ["/bin/sh", "-c", "exec sleep 600"]


@pytest.fixture
def make_child() -> Iterator[Callable[[list[str]], Child]]:
    made: list[Child] = []

    def make(command: list[str]) -> Child:
        made.append(Child("The part", command, environment={}))
        return made[-1]

    yield make
    for child in made:
        child.stop()


def wait_for_end(child: Child) -> None:
    while child.is_running:
        time.sleep(0.01)


def words_of_the_part(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Its warnings, and not those of threads that earlier tests left behind."""
    ours = [record for record in caplog.records if record.name == "lpcontext.cli.child"]
    return [record.getMessage() for record in ours if record.levelno == logging.WARNING]


def test_it_is_started_again_when_its_pause_is_over_and_not_before(
    make_child: Callable[[list[str]], Child], caplog: pytest.LogCaptureFixture
) -> None:
    child = make_child(FAIL)
    for now, pause in ((100.0, "0.2"), (101.0, "0.4"), (102.0, "0.8")):
        child.poll(now=now)  # begins it
        wait_for_end(child)
        child.poll(now=now)  # notices its end
        before = words_of_the_part(caplog)
        child.poll(now=now + float(pause) - 0.01)
        child.poll(now=now)

        assert words_of_the_part(caplog) == before
        assert before[-1] == f"The part ended with exit status 3; it is started again in {pause} s"

    assert len(words_of_the_part(caplog)) == 3


def test_one_that_stays_is_left_alone(
    make_child: Callable[[list[str]], Child], caplog: pytest.LogCaptureFixture
) -> None:
    child = make_child(STAY)
    for now in range(0, 1000, 10):
        child.poll(now=now)

        assert child.is_running

    assert caplog.messages == []


def test_what_was_up_is_tried_for_ever(make_child: Callable[[list[str]], Child]) -> None:
    child = make_child(["/no/such/program"])
    child.mark_ready()

    for now in range(0, 1000, 10):
        child.poll(now=now)

    assert not child.is_running


def test_what_never_was_up_is_given_up_with_its_reason(make_child: Callable[[list[str]], Child]) -> None:
    child = make_child(["/no/such/program"])
    for now in range(4):
        child.poll(now=now * 10)

    with pytest.raises(CannotStart, match=r"The part cannot start: it ended 5 times .*\(No such file or directory\)"):
        child.poll(now=40)


def test_stopping_ends_its_process_and_may_be_asked_for_twice(
    make_child: Callable[[list[str]], Child], tmp_path: Path
) -> None:
    pid_file = tmp_path / "pid"
    child = make_child(
        ["/bin/sh", "-c", f"echo $$ > {pid_file}.new && /bin/mv {pid_file}.new {pid_file}; exec /bin/sleep 600"]
    )
    child.poll(now=0)
    while not pid_file.exists():
        time.sleep(0.01)

    child.stop()
    child.stop()

    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)
