"""A benchmark that measures the wrong thing still prints numbers: what its rows rest on is held here."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest

from lpcontext.visits import Visit, parse_visit
from tests.bench.liveperson import LivePerson
from tests.bench.panel_responses import find_page_facts, read_answer
from tests.bench.processes import find_part, read_cpu
from tests.bench.visits import ACCOUNT, CHANGES_EVERY, EVENTS, PAGES, session_of, visitor_of
from tests.bench.window_stats import WindowStats, describe_spread, quantile
from tests.bench.worker_kill import find_fresh

NOW = 1_795_000_000_000


class Asked:
    """The stand-in, asked for one visit again and again, a second apart."""

    def __init__(self) -> None:
        self.now_ms = NOW
        self.liveperson = LivePerson(port=1, clock=lambda: self.now_ms)

    def ask(self, *, is_signed: bool = True) -> tuple[int, dict[str, Any]]:
        self.now_ms += 1000
        path = f"/api/account/{ACCOUNT}/monitoring/visitors/{visitor_of(7)}/visits/current/state"
        status, body, _ = self.liveperson.answer("GET", path, "v=1", is_signed=is_signed)
        return status, json.loads(body)

    def visit(self) -> Visit:
        return parse_visit(self.ask()[1], wanted_session=session_of(7)).visit


def test_the_stand_in_tells_the_visit_it_was_asked_for() -> None:
    asked = Asked()
    visit = asked.visit()
    assert (len(visit.pages), len(visit.events)) == (PAGES, EVENTS)
    _, state = asked.ask()
    assert state["id"].startswith(session_of(7) + ".")


def test_its_current_page_ticks_and_one_answer_in_ten_has_an_event_more() -> None:
    asked = Asked()
    visits = [asked.visit() for _ in range(3 * CHANGES_EVERY + 1)]
    stays = [visit.pages[-1].stay_ms or 0 for visit in visits]
    assert [later - earlier for earlier, later in pairwise(stays)] == [1000] * (len(stays) - 1)
    counts = [len(visit.events) for visit in visits]
    assert sum(later != earlier for earlier, later in pairwise(counts)) == 3
    assert counts[-1] == EVENTS + 3


def test_it_refuses_what_nobody_signed_and_counts_it() -> None:
    asked = Asked()
    assert asked.ask(is_signed=False)[0] == 401
    _, body, _ = asked.liveperson.answer("GET", "/bench/counts", "", is_signed=False)
    assert json.loads(body)["arrivals"] == {ACCOUNT: {visitor_of(7): [NOW + 1000]}}


def test_an_answer_is_read_once_it_is_whole() -> None:
    body = gzip.compress(b'<div id="panel-body" data-version="abc">' + b"x" * 5000)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\nX-LPContext-State: live\r\n" % len(body)
    whole = head + b"X-LPContext-As-Of: 2026-11-18T04:26:40.000Z\r\nX-LPContext-Next: 4900\r\n\r\n" + body
    assert read_answer(whole[:20]) is None
    assert read_answer(whole[:-1]) is None
    answer = read_answer(whole)
    assert answer is not None
    read = (answer.status, answer.state, answer.as_of_ms, answer.next_ms, answer.version)
    assert read == (200, "live", 1_794_976_000_000, 4900, b"abc")


def test_an_answer_without_a_next_tick_says_so() -> None:
    answer = read_answer(b"HTTP/1.1 204 No Content\r\nX-LPContext-State: ended\r\n\r\n")
    assert answer is not None
    assert (answer.status, answer.next_ms, answer.as_of_ms) == (204, None, None)


def test_a_page_without_a_token_has_none() -> None:
    page = b'<main data-next="120" hx-headers=\'{"X-LPContext-Panel": "tok-en"}\'><div data-version="waiting">'
    assert find_page_facts(page) == ("tok-en", 120, b"waiting")
    assert find_page_facts(b"<p>refused</p>")[0] == ""


def test_latency_begins_when_the_tick_was_due() -> None:
    stats = WindowStats(started=0, visits=1)
    stats.note_answer(due=1.0, asked=1.5, answered=1.75, changed=False)
    report = stats.report(now=2.0, shown=stats.errors, panels=1)
    assert (report["latency_ms"]["p50"], report["sent_late_ms"]["p50"], report["polls_per_second"]) == (750, 500, 0.5)


def test_a_tick_that_nobody_answered_was_late_all_the_same() -> None:
    stats = WindowStats(started=0, visits=1)
    stats.note_answer(due=1.0, asked=1.0, answered=1.25, changed=False)
    stats.note_unanswered(due=1.0, now=16.0)
    report = stats.report(now=20.0, shown=stats.errors, panels=2)
    assert (report["polls"], report["latency_ms"]["p50"], report["latency_ms"]["p99"]) == (1, 250, 15_000)


@pytest.mark.parametrize(("q", "wanted"), [(0.0, 1), (0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100)])
def test_quantiles_are_values_that_were_measured(q: float, wanted: int) -> None:
    assert quantile(list(range(100, 0, -1)), q) == wanted


def test_visits_of_one_age_have_no_spread_and_a_starved_tenth_has() -> None:
    assert describe_spread([2500.0] * 20)["spread"] == 1.0
    assert describe_spread([2500.0] * 18 + [25_000.0] * 2)["spread"] == 10.0


def test_fresh_is_what_is_younger_than_the_kill() -> None:
    assert find_fresh([(NOW - 1, NOW + 50), (NOW + 10, NOW + 60), (NOW + 20, NOW + 70)], NOW) == (NOW + 10, NOW + 60)
    assert find_fresh([(NOW - 1, NOW + 50)], NOW) is None


def test_a_child_belongs_to_what_its_program_is_part_of() -> None:
    """Parts are known by the words of a command; a child's child belongs where its parent does."""
    nested = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=sys.stdin)\n"
        "print(child.pid, flush=True)\n"
        "child.wait()\n"
    )
    command = [sys.executable, "-c", nested, "celery"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout
        grandchild = int(child.stdout.readline())
        assert {child.pid, grandchild} <= set(find_part(os.getpid(), "worker"))
        assert child.pid not in find_part(os.getpid(), "web")
    assert read_cpu(os.getpid()).launcher > 0
