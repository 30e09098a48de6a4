"""`make help` names each target; `make check` fails with any of its steps, and closes with what it looked at."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
TARGETS = re.findall(r"^\.PHONY: (.+)$", (CHECKOUT / "Makefile").read_text(), re.MULTILINE)[0].split()
TOOLS = ("ruff", "djlint", "lint-imports", "bandit", "python")


def run_make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Make as from a shell of its own, whoever runs the tests."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )


def make_tools(venv: Path, *, failing: str = "") -> Path:
    """A virtual environment whose tools do nothing; one of them fails."""
    (venv / "bin").mkdir(parents=True)
    for tool in TOOLS:
        script = venv / "bin" / tool
        script.write_text(f'#!/bin/sh\necho "7 passed: $*"\nexit {int(tool == failing)}\n')
        script.chmod(0o755)
    for mark in ("run.mark", "dev.mark"):
        (venv / mark).touch()
    return venv


@pytest.mark.parametrize("target", TARGETS)
def test_each_target_has_its_line_of_help(target: str) -> None:
    assert re.search(rf"^make {target} +\S+ \S+", run_make("help").stdout, re.MULTILINE)


def test_make_alone_is_make_help() -> None:
    assert run_make().stdout == run_make("help").stdout


def test_check_closes_with_what_it_looked_at_and_how_long_it_took(tmp_path: Path) -> None:
    done = run_make("check", f"VENV={make_tools(tmp_path / 'venv')}")
    closing = done.stdout.splitlines()[-1]

    assert done.returncode == 0
    assert re.fullmatch(r"make check: .*format.*types.*tests.* \(\d+ min \d+ s\)", closing)
    counts = [line for line in done.stdout.splitlines() if re.search(r"\d+ passed", line)]
    assert counts[-1] == "7 passed: -m pytest --ignore=tests/faults"
    assert "7 passed: -m pytest --numprocesses 6 tests/faults" in counts


@pytest.mark.parametrize("tool", TOOLS)
def test_check_fails_with_each_of_its_tools(tool: str, tmp_path: Path) -> None:
    done = run_make("check", f"VENV={make_tools(tmp_path / 'venv', failing=tool)}")

    assert done.returncode != 0
    assert "make check:" not in done.stdout


def test_the_hooks_before_a_commit_fetch_nothing() -> None:
    config = (CHECKOUT / ".pre-commit-config.yaml").read_text()

    assert re.findall(r"^ *- repo: (.+)$", config, re.MULTILINE) == ["local"]
    assert set(re.findall(r"^ *language: (.+)$", config, re.MULTILINE)) == {"system"}
