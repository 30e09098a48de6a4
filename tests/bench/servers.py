"""Servers under measure: granian WSGI, one worker, on one core; the load comes from the other."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.bench.processes import read_cpu
from tests.support.processes import CHECKOUT, find_free_ports

SERVER_CORE, LOAD_CORE = 0, 1


class Server:
    def __init__(self, port: int, pid: int) -> None:
        self.port, self._pid = port, pid

    def cpu_seconds(self) -> float:
        """Of the server and its workers, so far."""
        return read_cpu(self._pid).total


@contextmanager
def serving(
    application: str,
    *,
    environment: Mapping[str, str],
    factory: bool = False,
    probe: str = "/",
    core: int | None = SERVER_CORE,
) -> Iterator[Server]:
    """`core` None leaves it to the kernel. `probe` is asked until it is answered, by whatever status."""
    [port] = find_free_ports(1)
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"),
        *("--blocking-threads", "4", "--http", "1", "--no-ws", "--no-access-log", "--log-level", "error"),
        *("--backlog", "16384", "--backpressure", "16384", *(["--factory"] if factory else []), application),
    ]
    process = subprocess.Popen(command, env=dict(environment), cwd=CHECKOUT, preexec_fn=lambda: pin(core))
    try:
        wait_for(f"http://127.0.0.1:{port}{probe}")
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(10)


def pin(core: int | None) -> None:
    if core is not None and hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > core:
        os.sched_setaffinity(0, {core})


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            with urlopen(url, timeout=1):
                return
        except HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("a server under measure did not come up")
