"""Neither the database nor its journal, nor the folder they are in, can be read by other users of the machine."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.environment import clean_environment
from tests.support.processes import CHECKOUT
from tests.support.running_stack import RunningStack

NAMES = ("lpcontext.sqlite3", "lpcontext.sqlite3-wal", "lpcontext.sqlite3-shm")
GOOD = {"kind": "login", "username": "bot", "password": "s3cret-word"}


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def run(var: Path, *command: str, without_keys: bool = False) -> None:
    environment = clean_environment(str(var))
    if without_keys:
        environment = {name: value for name, value in environment.items() if not name.endswith(("_KEY", "_KEYS"))}
    done = subprocess.run(
        [sys.executable, *command], cwd=CHECKOUT, env=environment, input=json.dumps(GOOD), text=True,
        capture_output=True, check=False, umask=0o022,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_what_add_account_makes_is_closed_to_others(tmp_path: Path) -> None:
    var = tmp_path / "var"

    run(var, "-m", "lpcontext.cli", "add-account", "12345678", "--credentials", "-", without_keys=True)

    assert mode_of(var) == 0o700
    assert {path.name: mode_of(path) for path in var.iterdir() if path.is_file()} == {
        "lpcontext.sqlite3": 0o600,
        "local.env": 0o600,
    }


def test_what_migrate_makes_is_closed_to_others(tmp_path: Path) -> None:
    run(tmp_path, "manage.py", "migrate", "--verbosity", "0")

    assert mode_of(tmp_path / NAMES[0]) == 0o600


def test_what_an_older_start_left_open_is_closed(tmp_path: Path) -> None:
    var = tmp_path / "var"
    run(var, "-m", "lpcontext.cli", "add-account", "12345678", "--credentials", "-", without_keys=True)
    var.chmod(0o755)
    (var / NAMES[0]).chmod(0o644)
    with sqlite3.connect(var / NAMES[0]) as holding:  # keeps the journal there
        holding.execute("create table held (it)")
        holding.commit()
        assert {mode_of(var / name) for name in NAMES} == {0o644}

        run(var, "-m", "lpcontext.cli", "add-account", "12345678", "--credentials", "-", without_keys=True)

        assert {mode_of(var / name) for name in NAMES} == {0o600}
    holding.close()
    assert mode_of(var) == 0o700


def test_what_is_not_ours_is_left_as_it_is(tmp_path: Path) -> None:
    """A folder somebody else uses too, such as one named by mistake."""
    tmp_path.chmod(0o755)

    run(tmp_path, "-m", "lpcontext.cli", "emulator", "--list")

    assert mode_of(tmp_path) == 0o755


@pytest.mark.parametrize("name", NAMES)
def test_a_running_stack_keeps_its_database_closed(stack: RunningStack, name: str) -> None:
    assert mode_of(Path(stack.environment["LPCONTEXT_VAR_DIR"]) / name) == 0o600
