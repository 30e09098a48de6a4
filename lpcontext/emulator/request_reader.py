"""What a client sends, taken apart into requests whatever pieces it comes in."""

from __future__ import annotations

import socket
from typing import Final

from .http_head import END_OF_HEAD, RequestHead, UnusableRequest, read_head
from .messages import Request

MAX_HEAD_BYTES: Final = 65_536
MAX_BODY_BYTES: Final = 2_000_000
MAX_PATH_CHARACTERS: Final = 8_000
RECEIVED_AT_ONCE: Final = 65_536


class RequestReader:
    """The requests of one connection, one after the other."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._unread = b""

    def read_head(self) -> RequestHead | None:
        """The next request's head; None where the client has hung up. Raises UnusableRequest and OSError."""
        while (end := self._unread.find(END_OF_HEAD)) < 0:
            if len(self._unread) > MAX_HEAD_BYTES:
                raise UnusableRequest(431)
            received = self._socket.recv(RECEIVED_AT_ONCE)
            if not received:
                return None
            self._unread += received
        raw, self._unread = self._unread[:end], self._unread[end + len(END_OF_HEAD) :]
        return read_head(raw)

    def read_request(self, head: RequestHead, *, arrived_ms: int) -> Request:
        """The request this is the head of. Raises UnusableRequest where it is too large or of unknown length."""
        if head.length is None or head.length > MAX_BODY_BYTES or len(head.target) > MAX_PATH_CHARACTERS:
            raise UnusableRequest(413)
        raw_path, _, raw_query = head.target.partition("?")
        return Request(
            method=head.method,
            raw_path=raw_path,
            raw_query=raw_query,
            headers=head.headers,
            body=self._read_body(head, head.length) if head.length else b"",
            arrived_ms=arrived_ms,
        )

    def _read_body(self, head: RequestHead, length: int) -> bytes:
        if head.headers.get("Expect", "").lower() == "100-continue":
            self._socket.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        pieces, missing = [self._unread[:length]], length - len(self._unread)
        self._unread = self._unread[length:]
        while missing > 0:
            received = self._socket.recv(min(missing, RECEIVED_AT_ONCE))
            if not received:
                raise ConnectionAbortedError("The client left in the middle of its request")
            pieces.append(received)
            missing -= len(received)
        return b"".join(pieces)
