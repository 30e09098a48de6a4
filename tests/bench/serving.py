"""Servers under measure: granian WSGI, one worker, on one core; the load comes from the other."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.support.house import CHECKOUT, find_free_ports

SERVER_CORE, LOAD_CORE = 0, 1


class Server:
    def __init__(self, port: int, pid: int) -> None:
        self.port, self._pid = port, pid

    def cpu_seconds(self) -> float:
        """Of the server and its workers, so far."""
        return sum(_cpu_seconds(pid) for pid in (self._pid, *_children_of(self._pid)))


@contextmanager
def serving(application: str, *, environment: Mapping[str, str], factory: bool = False, probe: str) -> Iterator[Server]:
    [port] = find_free_ports(1)
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"),
        *("--blocking-threads", "4", "--http", "1", "--no-ws", "--no-access-log", "--log-level", "error"),
        *("--backlog", "16384", "--backpressure", "16384", *(["--factory"] if factory else []), application),
    ]
    process = subprocess.Popen(command, env=dict(environment), cwd=CHECKOUT, preexec_fn=lambda: pin(SERVER_CORE))
    try:
        wait_for(f"http://127.0.0.1:{port}{probe}")
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(10)


def pin(core: int) -> None:
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > core:
        os.sched_setaffinity(0, {core})


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            with urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("a server under measure did not come up")


def _children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
