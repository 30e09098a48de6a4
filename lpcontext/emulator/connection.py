"""Bytes in, bytes out: HTTP/1.1 with keep-alive, the path never touched, responses spoiled where a fault says so.

Of our own, because the standard library's handler spends more on a request's headers than LivePerson's answer costs.
"""

from __future__ import annotations

import select
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Final

from .drip import split_drip
from .http_head import UnusableRequest, write_head
from .messages import Drip, Request, Response, json_response
from .request_reader import RequestReader

IDLE_SECONDS: Final = 75.0
POLL_SECONDS: Final = 0.1
RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)


class Connection:
    """One client. `clock` is in seconds since 1970; every wait ends when the server is `stopping`."""

    def __init__(
        self,
        connection: socket.socket,
        *,
        respond: Callable[[Request], Response],
        clock: Callable[[], float],
        stopping: threading.Event,
    ) -> None:
        self._socket = connection
        self._respond = respond
        self._clock = clock
        self._stopping = stopping
        self._reader = RequestReader(connection)

    def serve(self) -> None:
        """Answer one request after the other. Raises OSError where the client falls silent or leaves in the middle."""
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.settimeout(IDLE_SECONDS)
        while self._serve_next():
            pass

    def _serve_next(self) -> bool:
        """False where nothing may follow."""
        try:
            head = self._reader.read_head()
            if head is None:
                return False
            request = self._reader.read_request(head, arrived_ms=int(self._clock() * 1000))
        except UnusableRequest as problem:
            refusal = json_response({"message": "This request cannot be read"}, status=problem.status)
            self._write(refusal, moment=int(self._clock()), keeps_open=False)
            return False
        response = self._respond(request)
        if (response.wait_seconds and not self._wait(response.wait_seconds)) or response.silent:
            return False
        if response.reset:
            self._reset()
            return False
        moment = request.arrived_ms // 1000
        return self._write(response, moment=moment, keeps_open=head.keeps_open, bare=head.method == "HEAD")

    def _write(self, response: Response, *, moment: int, keeps_open: bool, bare: bool = False) -> bool:
        """Head and body leave together, so that no packet waits for another. False where nothing may follow."""
        is_endless = response.drip is not None and response.drip.part == "nothing"
        length = None if is_endless else len(response.body)
        head = write_head(response, moment=moment, length=length, keeps_open=keeps_open)
        body = b"" if bare else response.body
        if response.drip is not None and not bare:
            return self._drip(response.drip, head=head, body=body) and keeps_open
        self._socket.sendall(head + (body[: len(body) // 2] if response.cut else body))
        return keeps_open and not response.cut

    def _drip(self, drip: Drip, *, head: bytes, body: bytes) -> bool:
        """Send piece by piece. False where the client hung up or the server stops meanwhile."""
        until = None if drip.total is None else monotonic() + drip.total

        def is_over() -> bool:
            return until is not None and monotonic() >= until

        for number, piece in enumerate(split_drip(drip, head=head, body=body, is_over=is_over)):
            if number and not is_over() and not self._wait(drip.seconds):
                return False
            self._socket.sendall(piece)
        return True

    def _wait(self, seconds: float) -> bool:
        """Let time pass. False where the client hung up or the server stops meanwhile."""
        poller = select.poll()  # unlike select.select it takes any number of connections
        poller.register(self._socket, select.POLLIN)
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            if self._stopping.is_set():
                return False
            if poller.poll(min(left, POLL_SECONDS) * 1000):
                if not self._socket.recv(1, socket.MSG_PEEK):
                    return False
                self._stopping.wait(min(left, POLL_SECONDS))
        return not self._stopping.is_set()

    def _reset(self) -> None:
        """Close without a farewell: the client's next byte meets a reset."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self._socket.close()


def hang_up(connection: socket.socket) -> None:
    """Shut both ways, whatever is under way."""
    with suppress(OSError):  # it may have gone already
        connection.shutdown(socket.SHUT_RDWR)
