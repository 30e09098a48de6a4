"""A cold look beside 500 watched visits: from opening the ticket to the tick that brings the visit."""

from __future__ import annotations

import statistics
import time
from http.client import HTTPConnection
from typing import Any

from tests.bench.load_rows import Spans
from tests.bench.load_stack import run_load_stack, running_panels
from tests.bench.panel_responses import find_page_facts

UPSTREAM_MS = 150
_NOBODY_ELSES = 1_000_000  # numbers of visits that no panel watches
_PATIENCE_SECONDS = 20.0


def measure_cold_look_under_load(spans: Spans, *, visits: int = 500, looks: int = 30) -> dict[str, Any]:
    with run_load_stack(delay_ms=UPSTREAM_MS) as stack, running_panels(port=stack.port, visits=visits) as panels:
        time.sleep(spans.settle)
        panels.begin()
        took = [look(stack.port, _NOBODY_ELSES + number) for number in range(looks)]
        beside = panels.end()
    return {
        "over_upstream_ms": statistics.median(took) - UPSTREAM_MS,
        "slowest_over_upstream_ms": max(took) - UPSTREAM_MS,
        "looks": looks,
        "beside": beside,
    }


def look(port: int, number: int) -> float:
    """Milliseconds. Ticks at the pace it is given, without the jitter that a browser adds."""
    from tests.bench.panel_tokens import issue_ticket_path

    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    path = issue_ticket_path(number, now_ms=time.time_ns() // 1_000_000)
    before = time.monotonic()
    token, pause_ms, seen = find_page_facts(_get(connection, path, {})[2])
    while True:
        time.sleep((pause_ms or 0) / 1000)
        status, pause_ms, _ = _get(connection, f"/panel/body?seen={seen.decode()}", {"X-LPContext-Panel": token})
        now = time.monotonic()
        if status == 200:
            connection.close()
            return (now - before) * 1000
        if status != 204 or pause_ms is None or now - before > _PATIENCE_SECONDS:
            raise SystemExit(f"a cold look was not answered: {status} after {now - before:.1f} s")


def _get(connection: HTTPConnection, path: str, headers: dict[str, str]) -> tuple[int, int | None, bytes]:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    next_ms = answer.getheader("X-LPContext-Next")
    return answer.status, int(next_ms) if next_ms else None, answer.read()
