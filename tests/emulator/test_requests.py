"""Requests to the bytes: what HTTP/1.1 allows is answered, the rest is refused, and the next one is not lost."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from lpcontext.emulator import Emulator

GET = b"GET /emulator/faults HTTP/1.1\r\nHost: stand-in\r\n\r\n"
POST = b"POST /emulator/faults HTTP/1.1\r\nHost: stand-in\r\ncontent-TYPE: Application/JSON; charset=utf-8\r\n"


@pytest.fixture
def line(emulator: Emulator) -> Iterator[socket.socket]:
    host, _, port = emulator.base_url.removeprefix("http://").partition(":")
    with closing(socket.create_connection((host, int(port)), timeout=5)) as connected:
        yield connected


def read_answer(line: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """One answer, and not a byte of the next."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = line.recv(1)
        assert byte, head
        head += byte
    first, *lines = head.decode().rstrip().split("\r\n")
    headers = {name: value for name, _, value in (each.partition(": ") for each in lines)}
    body = b""
    while len(body) < int(headers["Content-Length"]):
        body += line.recv(int(headers["Content-Length"]) - len(body))
    return int(first.split(" ")[1]), headers, body


def test_a_request_may_come_in_any_pieces(line: socket.socket) -> None:
    body = b'{"name": "slow"}'
    for byte in POST + b"Content-Length: %d\r\n\r\n" % len(body) + body:
        line.sendall(bytes([byte]))

    assert read_answer(line)[0] == 201


def test_requests_may_come_all_at_once(line: socket.socket) -> None:
    body = b'{"name": "slow"}'
    line.sendall(GET + POST + b"Content-Length: %d\r\n\r\n" % len(body) + body + GET)
    answers = [read_answer(line) for _ in range(3)]

    assert [status for status, _, _ in answers] == [200, 201, 200]
    assert [len(json.loads(answers[place][2])) for place in (0, 2)] == [0, 1]


def test_a_client_that_waits_for_leave_to_send_gets_it(line: socket.socket) -> None:
    line.sendall(POST + b"Expect: 100-continue\r\nContent-Length: 16\r\n\r\n")

    assert line.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    line.sendall(b'{"name": "slow"}')
    assert read_answer(line)[0] == 201


@pytest.mark.parametrize(
    ("version", "header", "stays"),
    [
        ("1.1", "", True),
        ("1.1", "Connection: close", False),
        ("1.0", "", False),
        ("1.0", "Connection: Keep-Alive", True),
    ],
)
def test_the_connection_stays_as_the_client_wants(line: socket.socket, version: str, header: str, stays: bool) -> None:
    line.sendall(f"GET /emulator/faults HTTP/{version}\r\n{header or 'Host: stand-in'}\r\n\r\n".encode())
    status, headers, _ = read_answer(line)

    assert status == 200
    assert headers.get("Connection") == (None if stays else "close")
    line.sendall(GET) if stays else None
    assert (line.recv(8) == b"HTTP/1.1") is stays


def test_an_answer_to_head_has_no_body(line: socket.socket) -> None:
    line.sendall(GET.replace(b"GET", b"HEAD", 1) + GET)
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += line.recv(1)

    assert b"Content-Length: " in head
    assert read_answer(line)[0] == 200


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET  HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno colon here\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nName : value\r\n\r\n", 400),
        (b"TRACE / HTTP/1.1\r\n\r\n", 501),
        (b"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nContent-Length: 2000001\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 413),
        (b"GET / HTTP/1.1\r\nPadding: " + b"x" * 70_000, 431),
    ],
)
def test_what_cannot_be_answered_is_refused_and_the_connection_closed(
    line: socket.socket, request_bytes: bytes, status: int
) -> None:
    line.sendall(request_bytes)
    answer = read_answer(line)

    assert (answer[0], answer[1]["Connection"]) == (status, "close")
    assert json.loads(answer[2])["message"]
    assert line.recv(1) == b""


def test_a_client_that_leaves_in_the_middle_is_forgotten(emulator: Emulator, line: socket.socket) -> None:
    line.sendall(POST + b"Content-Length: 16\r\n\r\n{")
    line.shutdown(socket.SHUT_WR)

    assert line.recv(1) == b""
