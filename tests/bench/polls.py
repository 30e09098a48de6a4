"""Rows 1 and 2: an unchanged and a changed poll, against the server's raw hello and an empty Django view."""

from __future__ import annotations

import statistics
from contextlib import ExitStack
from typing import Any

from tests.bench.load import Request, measure
from tests.bench.serving import serving

SUBJECTS = 500


def seed(environment: dict[str, str]) -> list[tuple[str, str]]:
    """Keep the subjects, rendered; returns each one's token and version. Nothing is due, so nothing is fetched."""
    from lpcontext.launch import Launch, seal_token
    from lpcontext.panel.bodies import find_or_render
    from lpcontext.refresh import Look
    from lpcontext.refresh.tasks import now_ms
    from lpcontext.snapshots import Held, Vitals, keep_held, name_of
    from lpcontext.subjects import VisitKey
    from lpcontext.visits import parse_visit
    from tests.bench.subjects import make_state

    now, seeded = now_ms(), []
    for number in range(SUBJECTS):
        key = VisitKey(account_id="71820394", visitor_id=f"visitor-{number:04}", session_id=f"session-{number:04}")
        vitals = Vitals(state="live", first_seen_ms=now, as_of_ms=now, due_ms=now + 3_600_000, interval_ms=5000)
        vitals = keep_held(name_of(key), vitals, Held(visit=parse_visit(make_state(number)).visit))
        find_or_render(Look(name_of(key), None, vitals, name_of(key)), masked=True)
        launch = Launch(subject=key, slug="bench", opened_ms=now, expires_ms=now + 3_600_000)
        seeded.append((seal_token(launch), vitals.version))
    return seeded


def measure_polls(environment: dict[str, str], *, rounds: int, seconds: float) -> dict[str, Any]:
    seeded = seed(environment)
    header = "X-LPContext-Panel"
    unchanged = [Request(f"/panel/body?seen={version}", ((header, token),)) for token, version in seeded]
    changed = [Request("/panel/body?seen=older", ((header, token), ("Accept-Encoding", "gzip"))) for token, _ in seeded]
    with ExitStack() as stack:
        hello = stack.enter_context(serving("tests.bench.bare:hello", environment=environment, probe="/"))
        django = stack.enter_context(
            serving("tests.bench.bare:make_django", environment=environment, factory=True, probe="/empty")
        )
        ours = stack.enter_context(serving("lpcontext.wsgi:application", environment=environment, probe="/livez"))
        cells = [
            ("hello", hello, [Request("/")]),
            ("django", django, [Request("/empty")]),
            ("unchanged", ours, unchanged),
            ("changed", ours, changed),
        ]
        measured: dict[str, list[float]] = {name: [] for name, _, _ in cells}
        for _, server, requests in cells:
            measure(server, requests, seconds=1)
        for number in range(rounds):
            for name, server, requests in cells if number % 2 == 0 else cells[::-1]:
                measured[name].append(measure(server, requests, seconds=seconds))
    return {
        "requests_per_cpu_second": measured,
        "unchanged_by_django": _median_ratio(measured["unchanged"], measured["django"]),
        "unchanged_by_hello": _median_ratio(measured["unchanged"], measured["hello"]),
        "changed_by_django": _median_ratio(measured["changed"], measured["django"]),
    }


def _median_ratio(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
