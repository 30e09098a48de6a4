"""Polls, unchanged and changed, against the server's raw hello and an empty Django view.

`unchanged` polls 500 subjects, whose versions the process knows; `asking` polls more subjects in turn than a process
remembers, so that each poll opens its token and asks Redis.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from tests.bench.load import Request, measure
from tests.bench.serving import serving
from tests.bench.tally import median_ratio

if TYPE_CHECKING:
    from lpcontext.visits import Visit

SUBJECTS = 500
STRANGERS = 24_000
_PAGES, _EVENTS = 8, 12


def seed() -> list[tuple[str, str]]:
    """Keep the subjects, rendered; returns each one's token and version. Nothing is due, so nothing is fetched."""
    from lpcontext.visits import parse_visit
    from tests.bench.subjects import make_state

    return [_seed_one(number, parse_visit(make_state(number)).visit, rendered=True) for number in range(SUBJECTS)]


def seed_strangers() -> list[tuple[str, str]]:
    """Very many subjects, all with the same visit and no body: an unchanged poll needs none."""
    from lpcontext.visits import parse_visit
    from tests.bench.subjects import make_state

    visit = parse_visit(make_state(0, pages=_PAGES, events=_EVENTS)).visit
    return [_seed_one(number, visit, rendered=False) for number in range(SUBJECTS, SUBJECTS + STRANGERS)]


def _seed_one(number: int, visit: Visit, *, rendered: bool) -> tuple[str, str]:
    from lpcontext.launch import Launch, seal_token
    from lpcontext.panel.bodies import find_or_render
    from lpcontext.refresh import Look
    from lpcontext.refresh.tasks import now_ms
    from lpcontext.snapshots import Held, Vitals, keep_held, name_of
    from lpcontext.subjects import VisitKey

    now = now_ms()
    key = VisitKey(account_id="71820394", visitor_id=f"visitor-{number:05}", session_id=f"session-{number:05}")
    vitals = Vitals(state="live", first_seen_ms=now, as_of_ms=now, due_ms=now + 3_600_000, interval_ms=5000)
    vitals = keep_held(name_of(key), vitals, Held(visit=visit))
    if rendered:
        find_or_render(Look(name_of(key), None, vitals, name_of(key)), masked=True)
    launch = Launch(subject=key, slug="bench", opened_ms=now, expires_ms=now + 3_600_000)
    return seal_token(launch), vitals.version


def measure_polls(environment: dict[str, str], *, rounds: int, seconds: float) -> dict[str, Any]:
    seeded, strangers = seed(), seed_strangers()
    header = "X-LPContext-Panel"
    unchanged = [Request(f"/panel/body?seen={version}", ((header, token),)) for token, version in seeded]
    asking = [Request(f"/panel/body?seen={version}", ((header, token),)) for token, version in strangers]
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
            ("asking", ours, asking),
        ]
        measured: dict[str, list[float]] = {name: [] for name, _, _ in cells}
        for _, server, requests in cells:
            measure(server, requests, seconds=1)
        for number in range(rounds):
            for name, server, requests in cells if number % 2 == 0 else cells[::-1]:
                measured[name].append(measure(server, requests, seconds=seconds))
    return {
        "requests_per_cpu_second": measured,
        "unchanged_by_django": median_ratio(measured["unchanged"], measured["django"]),
        "unchanged_by_hello": median_ratio(measured["unchanged"], measured["hello"]),
        "asking_by_django": median_ratio(measured["asking"], measured["django"]),
        "changed_by_django": median_ratio(measured["changed"], measured["django"]),
    }
