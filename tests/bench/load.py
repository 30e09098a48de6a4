"""Load on loopback: wrk where it is installed, else a small epoll loop of our own. Both keep 32 connections busy.

What counts is requests per second of the server's own CPU time: with wrk the server's core is full, with ours it is
not, and the ratio between two cells of one run means the same.
"""

from __future__ import annotations

import itertools
import selectors
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.servers import LOAD_CORE, Server

CONNECTIONS = 32


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    headers: tuple[tuple[str, str], ...] = ()

    def encode(self, port: int) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *(f"{k}: {v}" for k, v in self.headers)]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


def measure(server: Server, requests: Sequence[Request], *, seconds: float) -> float:
    """Requests per CPU second of the server."""
    before = server.cpu_seconds()
    done = (run_wrk if shutil.which("wrk") else run_own)(server.port, requests, seconds)
    return done / (server.cpu_seconds() - before)


def run_wrk(port: int, requests: Sequence[Request], seconds: float) -> int:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "requests.lua"
        made = ",\n".join(f"wrk.format('GET', '{r.path}', {{{_lua_headers(r)}}})" for r in requests)
        script.write_text(
            f"local made, i = {{}}, 0\nfunction init() made = {{{made}}} end\n"
            "function request() i = i % #made + 1; return made[i] end\n"
        )
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "-s", str(script), f"http://127.0.0.1:{port}"]
        pinned = ["taskset", "-c", str(LOAD_CORE), *command] if shutil.which("taskset") else command
        output = subprocess.run(pinned, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output:
        raise SystemExit(f"the server refused what was measured:\n{output}")
    return int(output.split(" requests in ")[0].split()[-1])


def _lua_headers(request: Request) -> str:
    return ", ".join(f"['{name}']='{value}'" for name, value in request.headers)


def run_own(port: int, requests: Sequence[Request], seconds: float) -> int:
    encoded = itertools.cycle([request.encode(port) for request in requests])
    selector = selectors.DefaultSelector()
    for _ in range(CONNECTIONS):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(next(encoded))
        selector.register(connection, selectors.EVENT_READ)
    done, deadline = 0, time.monotonic() + seconds
    while time.monotonic() < deadline:
        for key, _ in selector.select(0.5):
            connection = key.fileobj  # type: ignore[assignment]
            answer = connection.recv(65536)
            if answer[9:10] != b"2":
                raise SystemExit(f"the server refused what was measured: {answer[:200]!r}")
            _read_rest(connection, answer)
            done += 1
            connection.sendall(next(encoded))
    for key in list(selector.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    return done


def _read_rest(connection: socket.socket, answer: bytes) -> None:
    head, _, body = answer.partition(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    missing = int(length or 0) - len(body)
    while missing > 0:
        missing -= len(connection.recv(65536))
