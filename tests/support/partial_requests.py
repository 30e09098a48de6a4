"""Requests as hostile or poor senders send them: on bare sockets, cut off anywhere, never finished."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.support.waiting import PATIENCE_SECONDS

HALF_HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half"


@dataclass(frozen=True, slots=True)
class Answer:
    """All that came before the connection ended, if only its end: status 0. Header names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


def head(method: str, path: str, *headers: str) -> bytes:
    """A request's head, complete."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()


def half_form(cookies: str) -> bytes:
    """A sign-in that announces more than it says."""
    headers = ("Content-Type: application/x-www-form-urlencoded", "Content-Length: 500", f"Cookie: {cookies}")
    return head("POST", "/login/", *headers) + b"username=a"


@contextmanager
def sending(url: str, texts: Sequence[bytes], *, receive_buffer: int = 0) -> Iterator[list[socket.socket]]:
    """A connection for each text, which says that and then nothing; all are closed on the way out."""
    port = urlsplit(url).port
    assert port
    with ExitStack() as opened:
        connections = [opened.enter_context(socket.socket()) for _ in texts]
        for connection, text in zip(connections, texts, strict=True):
            if receive_buffer:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            connection.settimeout(PATIENCE_SECONDS)
            connection.connect(("127.0.0.1", port))
            connection.sendall(text)
        yield connections


def read_answer(connection: socket.socket) -> Answer:
    """Until the other end closes, whether politely or not."""
    received = b""
    with suppress(ConnectionResetError):
        while piece := connection.recv(65536):
            received += piece
    if not received:
        return Answer(0, {}, b"")
    first, _, body = received.partition(b"\r\n\r\n")
    found = re.match(rb"HTTP/1.1 (\d+) ", first)
    assert found, received[:100]
    lines = (line.partition(": ") for line in first.decode().split("\r\n")[1:])
    return Answer(int(found[1]), {name.lower(): value for name, _, value in lines}, body)
