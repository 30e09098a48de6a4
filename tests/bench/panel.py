"""One panel in a browser: a kept-alive connection of its own, and the pace of `static/panel/tick.js`."""

from __future__ import annotations

import asyncio

from tests.bench.fleet import JITTER_MS, Fleet
from tests.bench.panel_responses import Answer, read_answer

_OVER = (401, 403, 410)
_LONGEST_WAIT_MS = 30_000
PATIENCE_SECONDS = 15.0  # htmx's timeout


class Panel(asyncio.Protocol):
    """`address` and `rest` enclose the version a tick tells. A panel that is opened first learns its token there."""

    def __init__(self, fleet: Fleet, *, visit: int, leads: bool, address: bytes, rest: bytes = b"") -> None:
        self._fleet, self.visit, self.leads = fleet, visit, leads
        self._address, self._rest = address, rest
        self._transport: asyncio.Transport | None = None
        self._received, self._question = b"", b""
        self._seen, self._state, self._failures, self._interval_ms = b"", "", 0, 5000
        self._due, self._asked, self._answered = 0.0, 0.0, fleet.now()
        self._is_asking = self._is_page = self._is_over = False
        self.as_of_ms: int | None = None

    def shown(self, now: float) -> str:
        """What the strip would say at `now` (the loop's clock, seconds)."""
        if self._failures:
            return "lost"
        aged = not self._is_over and now - self._answered > 2 * self._interval_ms / 1000 + 1
        return "aged" if aged and self._state == "live" else self._state or "unopened"

    def open(self, question: bytes) -> None:
        """Ask for the page."""
        self._due, self._is_page = self._fleet.now(), True
        self._ask(question)

    def tick(self) -> None:
        self._ask(self._address + self._seen + self._rest)

    def give_up_late(self, now: float) -> None:
        if self._is_asking and now - self._asked > PATIENCE_SECONDS:
            self.note_waiting(now)
            self._fail("timeout")

    def note_waiting(self, now: float) -> None:
        """Count a tick without an answer by how long it has waited."""
        if self._is_asking and not self._is_page:
            self._fleet.stats.note_unanswered(due=self._due, now=now)

    def schedule(self, pause_ms: float) -> None:
        self._due = self._fleet.now() + (pause_ms + self._fleet.rng.random() * JITTER_MS) / 1000
        self._fleet.loop.call_at(self._due, self.tick)

    def _ask(self, question: bytes) -> None:
        self._is_asking, self._asked, self._question = True, self._fleet.now(), question
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(question)
        else:
            self._fleet.connect(self)

    # --- what the connection tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        if self._transport is not None:
            self._fleet.stats.reconnects += 1
        self._transport = transport
        if self._is_asking:
            transport.write(self._question)

    def connection_lost(self, error: Exception | None) -> None:
        if self._is_asking:
            self._fail("dropped")

    def refuse_connection(self) -> None:
        self._fail("no connection")

    def data_received(self, data: bytes) -> None:
        self._received += data
        answer = read_answer(self._received)
        if answer is None or not self._is_asking:
            return
        self._received, self._is_asking = b"", False
        if self._is_page:
            self._read_page(answer)
        elif answer.status in (200, 204):
            self._hear(answer)
        elif answer.status in _OVER:
            self._is_over, self._state = True, "refused"
            self._fleet.stats.errors[str(answer.status)] += 1
        else:
            self._fail(str(answer.status))

    def _read_page(self, answer: Answer) -> None:
        token, pause_ms, self._seen = answer.read_page() if answer.status == 200 else ("", None, b"")
        if not token or pause_ms is None:
            self._fail(f"page {answer.status}")
            return
        self._is_page, self._answered = False, self._fleet.now()
        self._rest = self._fleet.rest_of(token)
        self._fleet.note_opened()
        self.schedule(pause_ms)

    def _hear(self, answer: Answer) -> None:
        fleet, self._failures = self._fleet, 0
        self._answered = fleet.now()
        changed = answer.status == 200
        fleet.stats.note_answer(due=self._due, asked=self._asked, answered=self._answered, changed=changed)
        if changed:
            self._seen = answer.version
        self._state = answer.state
        if answer.as_of_ms is not None and answer.as_of_ms != self.as_of_ms:
            self.as_of_ms = answer.as_of_ms
            fleet.stats.note_heard(self.visit, answer.as_of_ms, fleet.now_ms())
        pause_ms = fleet.every_ms or answer.next_ms
        self._is_over = pause_ms is None
        if pause_ms is not None:
            self._interval_ms = pause_ms
            self.schedule(pause_ms)

    def _fail(self, word: str) -> None:
        self._received, self._is_asking = b"", False
        self._failures += 1
        self._fleet.stats.errors[word] += 1
        if self._transport is not None:
            self._transport.abort()
        if self._is_page:  # a page is opened once; what has gone wrong with it stays wrong
            self._fleet.note_opened()
            self._is_over = True
            return
        self.schedule(min(_LONGEST_WAIT_MS, max(self._interval_ms, 1000) * 2 ** (self._failures - 1)))
