"""What panels share: the clocks, the random numbers, the statistics, and how a connection is made."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING

from tests.bench.window_stats import WindowStats

if TYPE_CHECKING:
    from tests.bench.panel import Panel

JITTER_MS = 250  # as static/panel/tick.js
_HEADERS = (
    b" HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
    b"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    b"Accept: */*\r\nAccept-Language: en-GB,en;q=0.5\r\nAccept-Encoding: gzip, deflate\r\nHX-Request: true\r\n"
    b"HX-Target: panel-body\r\nConnection: keep-alive\r\nSec-Fetch-Dest: empty\r\nSec-Fetch-Mode: cors\r\n"
    b"Sec-Fetch-Site: same-origin\r\n"
)


class Fleet:
    """`every_ms` overrules what answers say of the next tick; 0 lets them say."""

    def __init__(self, *, port: int, visits: int, every_ms: int, rng: random.Random) -> None:
        self.loop = asyncio.get_running_loop()
        self.every_ms, self.rng = every_ms, rng
        self._port, self._visits = port, visits
        self._headers = _HEADERS % port
        self._connecting: set[asyncio.Task[None]] = set()
        self.opened = 0
        self.begin()

    def begin(self) -> None:
        self.stats = WindowStats(started=self.now(), visits=self._visits)

    def now(self) -> float:
        return self.loop.time()

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def note_opened(self) -> None:
        self.opened += 1

    def rest_of(self, token: str = "") -> bytes:
        """What follows the address of a question."""
        return self._headers + (f"X-LPContext-Panel: {token}\r\n\r\n" if token else "\r\n").encode()

    def connect(self, panel: Panel) -> None:
        connecting = self.loop.create_task(self._connect(panel))
        self._connecting.add(connecting)
        connecting.add_done_callback(self._connecting.discard)

    async def _connect(self, panel: Panel) -> None:
        try:
            await self.loop.create_connection(lambda: panel, "127.0.0.1", self._port)
        except OSError:
            panel.refuse_connection()
