"""Arguments and exit statuses: right ones are taken as they are, wrong ones named before anything is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.environment import clean_environment
from tests.support.processes import CHECKOUT

COMMANDS = ("up", "demo", "emulator", "add-account", "test-connection", "ticket", "integration-key", "audit")
UNREADABLE = {"LPCONTEXT_REFRESH_SECONDS": "soon"}


def run(var: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lpcontext.cli", *arguments],
        env=clean_environment(str(var)) | more,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_overview_names_every_command_in_the_order_one_needs_them(tmp_path: Path) -> None:
    done = run(tmp_path, "--help", **UNREADABLE)

    listed = [line.split()[0] for line in done.stdout.partition("Commands:")[2].strip().splitlines()]
    assert done.returncode == 0
    assert tuple(listed) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_help_reads_no_settings_and_makes_no_files(tmp_path: Path, command: str) -> None:
    done = run(tmp_path / "var", command, "-h", **UNREADABLE)

    assert (done.returncode, done.stderr) == (0, "")
    assert f"Usage: lpcontext {command} " in done.stdout
    assert not (tmp_path / "var").exists()


def test_the_version_is_said_by_name(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").stdout == "lpcontext 0.1.0\n"


def test_the_emulator_needs_no_settings(tmp_path: Path) -> None:
    done = run(tmp_path, "emulator", "--list", **UNREADABLE)

    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if not line.startswith("  ")] == ["Worlds:", "Chats:", "Faults:"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "Usage: lpcontext"),
        (("house",), "house"),
        (("up", "--port", "0"), "a port is a number from 1 to 65535"),
        (("up", "--port", "65536"), "a port is a number from 1 to 65535"),
        (("demo", "--desk-port", "-1"), "a port is a number from 1 to 65535"),
        (("emulator", "--port", "http"), "a port is a number from 1 to 65535"),
        (("up", "--workers", "4"), "--workers"),
        (("add-account", "12345678"), "--credentials"),
        (("add-account", "--credentials", "-"), "ID"),
        (("ticket", "--visitor", "v", "--session", "s"), "--account"),
        (("ticket", "--account", "12345678", "--session"), "--session"),
        (("integration-key", "--account", "12345678"), "--name"),
    ],
)
def test_a_wrong_use_is_named_with_status_2_and_makes_no_files(
    tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    done = run(tmp_path / "var", *arguments)

    assert done.returncode == 2
    assert named in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    "ids",
    [
        ("--visitor", "-abc", "--session", "--d"),
        ("--visitor=-abc", "--session=--d"),
        ("--visitor", "--session", "--session", "--account"),
        ("--chat", "-H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415"),
    ],
)
def test_what_begins_with_a_hyphen_is_taken_for_the_id_it_is(tmp_path: Path, ids: tuple[str, ...]) -> None:
    """It gets as far as a machine without a database lets it, or is refused as an id: no option was seen in it."""
    done = run(tmp_path, "ticket", "--account", "12345678", *ids)

    expected = "--chat: " if "--chat" in ids else "The database is empty or unreachable"
    assert done.returncode == 1
    assert done.stderr.startswith(f"lpcontext: {expected}")
    assert len(done.stderr.splitlines()) == 1
