"""A loopback server for the odd answers: it keeps every request raw and answers from a script."""

from __future__ import annotations

import json
import socketserver
import ssl
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came. `target` is the raw path and query; header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    @property
    def document(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    """Bytes to send as they are.

    `closing` hangs up afterwards, `silent` leaves the line open and says no more, `meanwhile` happens before.
    `dripping` is said again and again, never followed by a silence, until the other side hangs up.
    """

    raw: bytes = b""
    closing: bool = False
    silent: bool = False
    dripping: bytes = b""
    meanwhile: Callable[[], object] | None = None


HANG_UP = Reply(closing=True)
SILENCE = Reply(silent=True)


def reply(
    status: int = 200,
    body: bytes | str | dict[str, Any] | list[Any] = b"",
    *,
    headers: tuple[tuple[str, str], ...] = (),
) -> Reply:
    """A well-formed answer; objects and lists are sent as JSON."""
    if isinstance(body, dict | list):
        body = json.dumps(body)
    content = body.encode() if isinstance(body, str) else body
    lines = [
        f"HTTP/1.1 {status} OK",
        f"Content-Length: {len(content)}",
        *(f"{name}: {text}" for name, text in headers),
    ]
    return Reply("\r\n".join([*lines, "", ""]).encode() + content)


def cut_off(whole: Reply, *, missing: int) -> Reply:
    """The same answer, hung up `missing` bytes before its end."""
    return Reply(whole.raw[:-missing], closing=True)


class ScriptedServer:
    """Answers by the last segment of the path: `baseURI.json`, `login`, `refresh`, `logout`, `state`.

    The last reply of a script is given again and again. The Domain API names this server if no script says otherwise.
    With `tls` it is an https server.
    """

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.was_left = threading.Event()  # somebody hung up on what we were still saying
        self._scripts: dict[str, list[Reply]] = defaultdict(list)
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.script = self
        if tls is not None:
            # The handshake belongs to the connection's own thread: a slow one would hold up the others.
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.001}, daemon=True)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.base_url = f"{'http' if tls is None else 'https'}://{self.host}"
        self.will("baseURI.json", reply(200, {"service": "any", "account": "any", "baseURI": self.host}))

    def will(self, segment: str, *replies: Reply) -> None:
        """Answer requests to paths that end in `segment` with these, in turn."""
        with self._lock:
            self._scripts[segment] = list(replies)

    def asked_for(self, segment: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path.rpartition("/")[2] == segment]

    def next_reply(self, asked: Asked) -> Reply:
        with self._lock:
            self.asked.append(asked)
            script = self._scripts[asked.path.rpartition("/")[2]]
            if not script:
                return reply(599, "nobody wrote a script for this path")
            return script.pop(0) if len(script) > 1 else script[0]

    def wait_until_over(self, seconds: float | None = None) -> bool:
        return self._over.wait(seconds)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@dataclass
class _Counter:
    lock: threading.Lock = field(default_factory=threading.Lock)
    count: int = 0

    def take(self) -> int:
        with self.lock:
            self.count += 1
            return self.count


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    script: ScriptedServer

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.connections = _Counter()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what some tests are about."""


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        connection = self.server.connections.take()
        while (asked := self._read(connection)) is not None:
            answer = self.server.script.next_reply(asked)
            if answer.meanwhile is not None:
                answer.meanwhile()
            self.wfile.write(answer.raw)
            if answer.dripping:
                self._drip(answer.dripping)
                return
            if answer.silent:
                self.server.script.wait_until_over()
            if answer.closing or answer.silent:
                return

    def _drip(self, drop: bytes) -> None:
        try:
            while not self.server.script.wait_until_over(0.01):
                self.wfile.write(drop)
        except OSError:
            self.server.script.was_left.set()

    def _read(self, connection: int) -> Asked | None:
        first = self.rfile.readline().decode("ascii")
        if not first.strip():
            return None
        method, target, _ = first.split(" ")
        headers: dict[str, str] = {}
        while line := self.rfile.readline().decode("latin-1").strip():
            name, _, text = line.partition(":")
            headers[name.lower()] = text.strip()
        body = self.rfile.read(int(headers.get("content-length", "0")))
        return Asked(method=method, target=target, headers=headers, body=body, connection=connection)
