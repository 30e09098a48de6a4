"""Panels under load, in a process of their own: `python -m tests.bench.panels '{"port": …}'`.

Each visit's first panel is opened through a ticket and its page, the others tick with tokens of their own. Latency
counts from the moment a tick was due. Commands on standard input, one a line: `begin` (forget what was counted), `end`
(print it), `timeline` (print it with when each visit was heard of). The first line printed says that all are open.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import sys
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.bench.fleet import Fleet
from tests.bench.panel import Panel
from tests.bench.visits import session_of, visitor_of

# A page costs a hundred ticks: people do not open a thousand at once.
_PAGES_PER_SECOND = 100
_INTERVAL_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`first` is the number of the first visit; `naive` polls the naive view at a fixed pace."""

    port: int
    first: int = 0
    visits: int
    panels_each: int = 1
    naive: bool = False
    seed: int = 1


class Panels:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        every_ms = int(_INTERVAL_SECONDS * 1000) if plan.naive else 0
        self._fleet = Fleet(port=plan.port, visits=plan.visits, every_ms=every_ms, rng=random.Random(plan.seed))
        self._panels: list[Panel] = []

    async def open_all(self) -> None:
        """Spread over an interval at least, or all would be due at once for ever."""
        pause = max(_INTERVAL_SECONDS / self._plan.visits, 1 / _PAGES_PER_SECOND)
        started = self._fleet.now()
        for visit in range(self._plan.visits):
            await asyncio.sleep(max(0.0, started + visit * pause - self._fleet.now()))
            self._open_visit(visit)
        while self._fleet.opened < self._plan.visits:
            self._give_up_late()
            await asyncio.sleep(0.1)

    def _open_visit(self, visit: int) -> None:
        number = self._plan.first + visit
        if self._plan.naive:
            address = f"GET /visits/{visitor_of(number)}/?sid={session_of(number)}&seen=".encode()
            panel = self._add(visit, address=address, rest=self._fleet.rest_of())
            self._fleet.note_opened()
            panel.schedule(0)
            return
        from tests.bench.panel_tokens import issue_ticket_path, issue_token

        now_ms, address = self._fleet.now_ms(), b"GET /panel/body?seen="
        page = b"GET " + issue_ticket_path(number, now_ms=now_ms).encode() + self._fleet.rest_of()
        self._add(visit, address=address).open(page)
        for _ in range(self._plan.panels_each - 1):
            rest = self._fleet.rest_of(issue_token(number, now_ms=now_ms))
            self._add(visit, address=address, rest=rest).schedule(self._fleet.rng.random() * _INTERVAL_SECONDS * 1000)

    def _add(self, visit: int, *, address: bytes, rest: bytes = b"") -> Panel:
        leads = len(self._panels) == visit * self._plan.panels_each
        self._panels.append(Panel(self._fleet, visit=visit, leads=leads, address=address, rest=rest))
        return self._panels[-1]

    async def sample_ages(self) -> None:
        """What a glance at a visit's first panel would find, at moments in no step with the ticks."""
        while True:
            await asyncio.sleep(0.5 + self._fleet.rng.random())
            self._give_up_late()
            now_ms = self._fleet.now_ms()
            for panel in self._panels:
                if panel.leads and panel.as_of_ms is not None:
                    self._fleet.stats.note_age(panel.visit, now_ms - panel.as_of_ms)

    def _give_up_late(self) -> None:
        now = self._fleet.now()
        for panel in self._panels:
            panel.give_up_late(now)

    def obey(self, command: str) -> dict[str, Any] | None:
        if command == "begin":
            self._fleet.begin()
            return None
        now = self._fleet.now()
        for panel in self._panels:
            panel.note_waiting(now)
        shown = Counter(panel.shown(now) for panel in self._panels)
        report = self._fleet.stats.report(now=now, shown=shown, panels=len(self._panels))
        return report | {"timeline": self._fleet.stats.timeline()} if command == "timeline" else report


async def run(plan: Plan) -> None:
    panels = Panels(plan)
    await panels.open_all()
    gc.freeze()
    say({"opened": plan.visits})
    sampling = asyncio.create_task(panels.sample_ages())
    done, received = asyncio.Event(), bytearray()

    def read_commands() -> None:
        piece = os.read(0, 4096)
        received.extend(piece)
        while b"\n" in received:
            line, _, rest = bytes(received).partition(b"\n")
            received[:] = rest
            reply = panels.obey(line.decode())
            if reply is not None:
                say(reply)
        if not piece:
            done.set()

    asyncio.get_running_loop().add_reader(0, read_commands)
    await done.wait()
    sampling.cancel()


def say(reply: dict[str, Any]) -> None:
    print(json.dumps(reply), flush=True)


def main() -> None:
    plan = Plan(**json.loads(sys.argv[1]))
    if not plan.naive:
        import django

        django.setup()
    asyncio.run(run(plan))


if __name__ == "__main__":
    main()
