"""Row 3: from a sealed snapshot to HTML, CPU time in this process; in ms, and as so many empty Django views."""

from __future__ import annotations

import gc
import statistics
import time
from typing import Any

from lpcontext.panel.caching.render_cache import forget_rendered
from lpcontext.panel.rendering import render_body
from lpcontext.snapshots import StoredVisit, SubjectStatus, VisitSnapshot
from lpcontext.snapshots.codec import open_stored, seal_stored
from lpcontext.subjects import State
from lpcontext.visits import parse_visit
from tests.bench.subjects import NOW, make_state
from tests.support.viewers import viewer

STATUS = SubjectStatus(state=State.LIVE, first_seen_ms=NOW, as_of_ms=NOW, version="0" * 16)


def measure_rendering(*, rounds: int) -> dict[str, Any]:
    """`first`: nothing of this visitor was rendered before. `event`: one event more than last time."""
    firsts, events, sealed_bytes, body_bytes = [], [], 0, 0
    render(seal(make_state(9999)))  # templates are compiled once per process, not per visitor
    gc.freeze()  # as wsgi.py does
    for number in range(rounds * 20):
        sealed, more = seal(make_state(number)), seal(make_state(number, more=1))
        sealed_bytes = len(sealed)
        forget_rendered()
        before = time.process_time()
        body = render(sealed)
        firsts.append(time.process_time() - before)
        before = time.process_time()
        render(more)
        events.append(time.process_time() - before)
        body_bytes = len(body)
    return {
        "first_ms": statistics.median(firsts) * 1000,
        "one_event_ms": statistics.median(events) * 1000,
        "sealed_snapshot_bytes": sealed_bytes,
        "body_bytes": body_bytes,
    }


def seal(state: dict[str, Any]) -> bytes:
    return seal_stored("bench", StoredVisit(visit=parse_visit(state).visit))


def render(sealed: bytes) -> str:
    stored = open_stored("bench", sealed, StoredVisit)
    return render_body(VisitSnapshot.of(STATUS, stored), viewer=viewer())
