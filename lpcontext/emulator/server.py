"""Who is connected: one thread each, nobody left behind at the end."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any

from .connection import Connection, hang_up
from .messages import Request, Response

Respond = Callable[[Request], Response]


class LoopbackServer(ThreadingTCPServer):
    """Serves until closed, and closes its connections too, so that nothing is left behind."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], *, respond: Respond, clock: Callable[[], float]) -> None:
        self.respond = respond
        self.clock = clock
        self.stopping = threading.Event()
        self._connections: set[socket.socket] = set()
        self._connections_lock = threading.Lock()
        super().__init__(address, BaseRequestHandler)

    def server_bind(self) -> None:
        """Bind without looking up our own name, which can take seconds on machines without one."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.socket.getsockname()[:2]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._connections_lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._connections_lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serve one connection; no request handler of the standard library takes part."""
        Connection(request, respond=self.respond, clock=self.clock, stopping=self.stopping).serve()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that leave in the middle are expected; anything else is a fault of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def serve_until_stopped(self) -> None:
        """Serve without ever polling; `stop_serving` ends it at once."""
        while not self.stopping.is_set():
            self.handle_request()

    def stop_serving(self) -> None:
        """End `serve_until_stopped`, which a last connection wakes."""
        self.stopping.set()
        with suppress(OSError):
            socket.create_connection((str(self.server_name), self.server_port), timeout=1).close()

    def close(self) -> None:
        """Hang up on everybody."""
        self.server_close()
        with self._connections_lock:
            for connection in self._connections:
                hang_up(connection)
