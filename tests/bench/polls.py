"""Polls, unchanged and changed, against the server's raw hello and an empty Django view.

`unchanged` polls 500 subjects; `in_turn` polls 24,000, one panel each, so that no poll follows another of its subject
within a second: the usual tick, which had to ask Redis before versions were brought to the process. `first` polls the
same in a process that has seen none of them: each opens its token and asks Redis.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from tests.bench.load import Request, measure
from tests.bench.servers import serving
from tests.bench.window_stats import median_ratio
from tests.support.viewers import viewer

if TYPE_CHECKING:
    from lpcontext.visits import Visit

SUBJECTS = 500
STRANGERS = 24_000
_ACCOUNT, _SLUG = "71820394", "bench0bench0"
_PAGES, _EVENTS = 8, 12
_ONCE_ALL_SECONDS = 5


def seed() -> list[tuple[str, str]]:
    """Keep the account and its subjects, rendered; returns each one's token and version. Nothing is due or fetched."""
    from django.core.management import call_command

    from lpcontext.accounts.models import Account
    from lpcontext.visits import parse_visit
    from tests.bench.subjects import make_state

    call_command("migrate", verbosity=0, interactive=False)
    Account.objects.create(id=_ACCOUNT, slug=_SLUG)
    return [_seed_one(number, parse_visit(make_state(number)).visit, rendered=True) for number in range(SUBJECTS)]


def seed_strangers() -> list[tuple[str, str]]:
    """Very many subjects, all with the same visit and no body: an unchanged poll needs none."""
    from lpcontext.visits import parse_visit
    from tests.bench.subjects import make_state

    visit = parse_visit(make_state(0, pages=_PAGES, events=_EVENTS)).visit
    return [_seed_one(number, visit, rendered=False) for number in range(SUBJECTS, SUBJECTS + STRANGERS)]


def _seed_one(number: int, visit: Visit, *, rendered: bool) -> tuple[str, str]:
    from lpcontext.launch import Launch, seal_token
    from lpcontext.panel.tick import find_or_render_body
    from lpcontext.refresh import SubjectView
    from lpcontext.snapshots import StoredVisit, SubjectStatus, name_of
    from lpcontext.subjects import State, VisitKey, now_ms
    from tests.support.stored_subject import store_subject

    now = now_ms()
    key = VisitKey(account_id=_ACCOUNT, visitor_id=f"visitor-{number:05}", session_id=f"session-{number:05}")
    status = SubjectStatus(state=State.LIVE, first_seen_ms=now, as_of_ms=now, due_ms=now + 3_600_000)
    status = store_subject(key, status, StoredVisit(visit=visit))
    if rendered:
        find_or_render_body(SubjectView(name_of(key), "visit", None, status, name_of(key)), viewer())
    launch = Launch(subject=key, slug=_SLUG, opened_ms=now, expires_ms=now + 3_600_000)
    return seal_token(launch), status.version


def measure_polls(environment: dict[str, str], *, rounds: int, seconds: float) -> dict[str, Any]:
    seeded, strangers = seed(), seed_strangers()
    header = "X-LPContext-Panel"
    unchanged = [Request(f"/panel/body?seen={version}", ((header, token),)) for token, version in seeded]
    in_turn = [Request(f"/panel/body?seen={version}", ((header, token),)) for token, version in strangers]
    changed = [Request("/panel/body?seen=older", ((header, token), ("Accept-Encoding", "gzip"))) for token, _ in seeded]
    with ExitStack() as opened:
        hello = opened.enter_context(serving("tests.bench.baseline_apps:hello", environment=environment, probe="/"))
        django = opened.enter_context(
            serving("tests.bench.baseline_apps:make_django", environment=environment, factory=True, probe="/empty")
        )
        ours = opened.enter_context(serving("lpcontext.wsgi:application", environment=environment, probe="/livez"))
        # A process of its own: what it remembers of 24,000 subjects is not to be carried by the other rows.
        crowded = opened.enter_context(serving("lpcontext.wsgi:application", environment=environment, probe="/livez"))
        cells = [
            ("hello", hello, [Request("/")]),
            ("django", django, [Request("/empty")]),
            ("unchanged", ours, unchanged),
            ("changed", ours, changed),
            ("in_turn", crowded, in_turn),
        ]
        measured: dict[str, list[float]] = {name: [] for name in ("first", *(name for name, _, _ in cells))}
        for _, server, requests in cells:
            measure(server, requests, seconds=1)
        for number in range(rounds):
            for name, server, requests in cells if number % 2 == 0 else cells[::-1]:
                if name == "in_turn":  # none has ticked while the others were measured: as after a rest, each asks once
                    measure(server, requests, seconds=_ONCE_ALL_SECONDS)
                measured[name].append(measure(server, requests, seconds=seconds))
            with serving("lpcontext.wsgi:application", environment=environment, probe="/livez") as fresh:
                measured["first"].append(measure(fresh, in_turn, seconds=1))
    return {
        "requests_per_cpu_second": measured,
        "unchanged_by_django": median_ratio(measured["unchanged"], measured["django"]),
        "unchanged_by_hello": median_ratio(measured["unchanged"], measured["hello"]),
        "in_turn_by_django": median_ratio(measured["in_turn"], measured["django"]),
        "first_by_django": median_ratio(measured["first"], measured["django"]),
        "changed_by_django": median_ratio(measured["changed"], measured["django"]),
    }
