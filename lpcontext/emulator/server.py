"""Bytes in, bytes out: HTTP/1.1 with keep-alive, the path never touched, answers spoiled on their way where told."""

from __future__ import annotations

import select
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any, Final

from .messages import Answer, Request, tell

MAX_BODY_BYTES: Final = 2_000_000
MAX_PATH_CHARACTERS: Final = 8_000
IDLE_SECONDS: Final = 75.0
GLANCE_SECONDS: Final = 0.1

AnswerRequest = Callable[[Request], Answer]


class LoopbackServer(ThreadingHTTPServer):
    """Serves until closed, and closes its connections too, so that nothing is left behind."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], *, answer: AnswerRequest, clock: Callable[[], float]) -> None:
        self.answer = answer
        self.clock = clock
        self.stopping = threading.Event()
        self._connections: set[socket.socket] = set()
        self._connections_lock = threading.Lock()
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        """Bind without looking up our own name, which can take seconds on machines without one."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]  # typed for any socket; ours is TCP

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._connections_lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._connections_lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that leave in the middle are part of the play; anything else is a fault of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def serve_until_told(self) -> None:
        """Serve without ever polling; `tell_to_stop` ends it at once."""
        while not self.stopping.is_set():
            self.handle_request()

    def tell_to_stop(self) -> None:
        """End `serve_until_told`, which a last connection wakes."""
        self.stopping.set()
        with suppress(OSError):
            socket.create_connection((str(self.server_name), self.server_port), timeout=1).close()

    def close(self) -> None:
        """Hang up on everybody."""
        self.server_close()
        with self._connections_lock:
            for connection in self._connections:
                _hang_up(connection)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: LoopbackServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = IDLE_SECONDS

    def _handle(self) -> None:
        request = self._read()
        answer = tell({"message": "Too large"}, status=413) if request is None else self.server.answer(request)
        if answer.wait_seconds and not self._wait(answer.wait_seconds):
            self.close_connection = True
            return
        if answer.silent or request is None:
            self.close_connection = True
        if not answer.silent:
            self._write(answer)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = _handle  # noqa: N815 - the standard library wants these names

    def _read(self) -> Request | None:
        """The request as sent, None where it is too large or of unknown length.

        The target comes from the request line: `self.path` has already been tidied by the standard library.
        """
        length = self.headers.get("Content-Length", "0")
        target = self.requestline.split(" ")[1]
        if not (length.isascii() and length.isdigit()) or "Transfer-Encoding" in self.headers:
            return None
        if int(length) > MAX_BODY_BYTES or len(target) > MAX_PATH_CHARACTERS:
            return None
        raw_path, _, raw_query = target.partition("?")
        return Request(
            method=self.command,
            raw_path=raw_path,
            raw_query=raw_query,
            headers=self.headers,
            body=self.rfile.read(int(length)),
            arrived_ms=int(self.server.clock() * 1000),
        )

    def _wait(self, seconds: float) -> bool:
        """Let time pass. False where the client hung up or the server stops meanwhile."""
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            readable, _, _ = select.select([self.connection], [], [], min(left, GLANCE_SECONDS))
            if self.server.stopping.is_set() or (readable and not self.connection.recv(1, socket.MSG_PEEK)):
                return False
            if readable:
                self.server.stopping.wait(min(left, GLANCE_SECONDS))
        return True

    def _write(self, answer: Answer) -> None:
        """Head and body leave together, so that no packet waits for another."""
        self.send_response(answer.status, HTTPStatus(answer.status).phrase)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body[: len(answer.body) // 2] if answer.cut else answer.body)
        self.wfile.flush()
        if answer.cut:
            self.close_connection = True
            _hang_up(self.connection)

    def version_string(self) -> str:
        return "lpcontext-emulator"

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: paths hold visitor ids. The control door has the counts."""


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # it may have gone already
        connection.shutdown(socket.SHUT_RDWR)
