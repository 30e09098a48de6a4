"""A LivePerson for load: `python -m tests.bench.liveperson PORT`. One process, one core at most.

It answers the Domain API and the visit state alone, with prepared bodies. Signatures are NOT verified, only that there
is one: the emulator does that, in the tests. `GET /bench/counts` counts, `POST /bench/begin` forgets the counts,
`POST /bench/delay?ms=N` makes every visit take that long.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tests.bench.subjects import PAGE_MS
from tests.bench.visits import CHANGES_EVERY, PAGES, Body, make_body, make_template, number_of

Clock = Callable[[], int]


class LivePerson:
    """What is known and counted. `clock` tells epoch ms."""

    def __init__(self, *, port: int, clock: Clock) -> None:
        self._host, self.clock = f"127.0.0.1:{port}", clock
        self._started_ms = clock() - PAGES * PAGE_MS
        self._template = make_template(started_ms=self._started_ms)
        self._bodies: dict[str, Body] = {}
        self._asked: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._arrivals: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.delay_ms, self.in_flight = 0, 0

    def answer(self, method: str, path: str, query: str, *, is_signed: bool) -> tuple[int, bytes, bool]:
        """Status, body, and whether it is a visit, which may take its time."""
        match path.split("/")[1:]:
            case ["api", "account", account, "monitoring", "visitors", visitor, "visits", "current", "state"]:
                self._arrivals[account][visitor].append(self.clock())
                return (200, self._write_visit(account, visitor), True) if is_signed else (401, b"{}", True)
            case ["api", "account", account, "service", service, "baseURI.json"]:
                return 200, _encode({"service": service, "account": account, "baseURI": self._host}), False
            case ["bench", "counts"]:
                return 200, _encode({"inFlight": self.in_flight, "arrivals": self._arrivals}), False
            case ["bench", "begin"] if method == "POST":
                self._arrivals.clear()
                return 200, b"{}", False
            case ["bench", "delay"] if method == "POST":
                self.delay_ms = int(query.partition("ms=")[2])
                return 200, b"{}", False
        return 404, b"{}", False

    def _write_visit(self, account: str, visitor: str) -> bytes:
        body = self._bodies.get(visitor)
        if body is None:
            body = make_body(self._template, number_of(visitor), started_ms=self._started_ms)
            self._bodies[visitor] = body
        asked = self._asked[account, visitor] = self._asked[account, visitor] + 1
        # Visits change in turn, not all in the same answer.
        turn = sum(visitor.encode()[-4:]) % CHANGES_EVERY
        return body.write(changes=(asked - 1 + turn) // CHANGES_EVERY, now_ms=self.clock())


class Caller(asyncio.Protocol):
    """One connection, kept alive; one question at a time, none with a body."""

    def __init__(self, liveperson: LivePerson) -> None:
        self._liveperson, self._received = liveperson, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        if b"\r\n\r\n" not in self._received:
            return
        head, self._received = self._received, b""
        method, target, _ = head.split(b" ", 2)
        path, _, query = target.decode().partition("?")
        is_signed = b"authorization: oauth " in head.lower()
        status, body, is_visit = self._liveperson.answer(method.decode(), path, query, is_signed=is_signed)
        if not is_visit or not self._liveperson.delay_ms:
            self._write(status, body)
            return
        self._liveperson.in_flight += 1
        asyncio.get_running_loop().call_later(self._liveperson.delay_ms / 1000, self._write_late, status, body)

    def _write_late(self, status: int, body: bytes) -> None:
        self._liveperson.in_flight -= 1
        self._write(status, body)

    def _write(self, status: int, body: bytes) -> None:
        head = b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
        self._transport.write(head + body)


def _encode(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


async def serve(port: int) -> None:
    liveperson = LivePerson(port=port, clock=lambda: time.time_ns() // 1_000_000)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Caller(liveperson), "127.0.0.1", port, backlog=4096)
    gc.freeze()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
