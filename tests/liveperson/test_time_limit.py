"""A call ends by its limit, counted from its start, however busily the server says nothing."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from lpcontext.liveperson import LivePersonError, Reason
from lpcontext.liveperson.errors import TimedOut
from tests.support.client_harness import ClientHarness
from tests.support.scripted_server import Reply, ScriptedServer, reply

LIMIT = 0.4
# What a busy machine may add. Without a limit these calls would last for hours.
GENEROUS = 15.0
# A gzip stream whose every block is empty: bytes come for ever, and nothing comes out.
EMPTY_BLOCK = bytes([0, 0, 0, 255, 255])
GZIP_BEGINS = gzip.compress(b"")[:10]
ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
GZIPPED = b"Content-Encoding: gzip\r\n"

DRIPS = {
    "status line": Reply(b"HTTP/1.1 200 ", dripping=b"O"),
    "header": Reply(b"HTTP/1.1 200 OK\r\nX-Slow: ", dripping=b"w"),
    "not yet": Reply(dripping=b"HTTP/1.1 100 Continue\r\n\r\n"),
    "body": Reply(ENDLESS + b"\r\n", dripping=b" "),
    "chunks": Reply(CHUNKED + b"\r\n", dripping=b"1\r\n \r\n"),
    "size of a chunk": Reply(CHUNKED + b"\r\n", dripping=b"0"),
    "trailers": Reply(CHUNKED + b"\r\n0\r\n", dripping=b"X: y\r\n"),
    "gzip of nothing": Reply(ENDLESS + GZIPPED + b"\r\n" + GZIP_BEGINS, dripping=EMPTY_BLOCK),
    "gzip of nothing, in chunks": Reply(
        CHUNKED + GZIPPED + b"\r\n" + b"a\r\n" + GZIP_BEGINS + b"\r\n", dripping=b"5\r\n" + EMPTY_BLOCK + b"\r\n"
    ),
    "empty gzip after empty gzip": Reply(ENDLESS + GZIPPED + b"\r\n", dripping=gzip.compress(b"")),
    "error body": Reply(ENDLESS.replace(b"200 OK", b"503 Busy") + b"\r\n", dripping=b" "),
}


def fail_in_time(harness: ClientHarness) -> LivePersonError:
    began = time.monotonic()
    with pytest.raises(LivePersonError) as raised:
        harness.look()
    assert time.monotonic() - began < GENEROUS
    return raised.value


@pytest.mark.parametrize("drip", DRIPS)
def test_a_drip_ends_at_the_limit(server: ScriptedServer, drip: str) -> None:
    server.will("state", DRIPS[drip])

    with ClientHarness(server.base_url, answer_seconds=LIMIT) as harness:
        error = fail_in_time(harness)

    assert type(error) is TimedOut
    assert error.reason is Reason.TIMED_OUT
    assert server.was_left.wait(GENEROUS)
    assert len(server.asked_for("state")) == 1


def test_a_clock_set_back_does_not_lengthen_a_call(server: ScriptedServer) -> None:
    server.will("state", DRIPS["body"])

    with ClientHarness(server.base_url, answer_seconds=LIMIT) as harness:
        harness.clock.step = -3600
        assert type(fail_in_time(harness)) is TimedOut


def test_what_comes_whole_within_the_limit_is_read_whatever_drips_after_it(server: ScriptedServer) -> None:
    server.will("state", Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + b'{"id": "x"}', dripping=b" "))

    with ClientHarness(server.base_url) as harness:
        assert harness.look() == {"id": "x"}


def test_a_call_that_was_cut_off_leaves_the_next_one_its_whole_time(server: ScriptedServer) -> None:
    server.will("state", DRIPS["body"], reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, answer_seconds=LIMIT) as harness:
        fail_in_time(harness)
        assert harness.look() == {"id": "x"}


def test_a_call_through_a_proxy_has_the_same_limit(server: ScriptedServer) -> None:
    server.will("state", DRIPS["header"])
    proxies = {"http": server.base_url}

    with (
        ScriptedServer() as behind,
        ClientHarness(behind.base_url, answer_seconds=LIMIT, proxies=proxies) as harness,
    ):
        assert type(fail_in_time(harness)) is TimedOut


@contextmanager
def deaf_server() -> Iterator[str]:
    """Its queue is full: whoever wants to connect is not even refused."""
    with ExitStack() as stack, socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(deaf.getsockname())
        yield f"http://127.0.0.1:{deaf.getsockname()[1]}"


def test_connecting_counts_too() -> None:
    with (
        deaf_server() as address,
        ClientHarness(address, connect_seconds=2 * GENEROUS, answer_seconds=LIMIT) as harness,
    ):
        assert type(fail_in_time(harness)) is TimedOut
