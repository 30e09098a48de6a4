"""Refresh one visit, once: ask LivePerson and keep what it says."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from lpcontext.liveperson import LivePersonClient, LivePersonError, LoginUnderWay, RateLimited
from lpcontext.refresh.circuit import admit_call, note_failure, note_success
from lpcontext.refresh.outcomes import settle_answer, settle_failure, settle_open_circuit
from lpcontext.refresh.presence import hold_visit
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import Held, Vitals, count, find_held, keep_held, name_of
from lpcontext.subjects import VisitKey
from lpcontext.visits import UnreadableVisit, parse_visit

Clock = Callable[[], int]


def refresh_once(key: VisitKey, *, client: LivePersonClient, now: Clock, interval_ms: int) -> Vitals:
    """`now` tells epoch ms. Expected trouble becomes a state. Raises MemoryUnavailable."""
    name = name_of(key)
    started_ms = now()
    vitals, held = find_held(name) or (Vitals(state="waiting", first_seen_ms=started_ms), None)
    circuit = get_sealer().name_of("circuit", key.account_id, "smt")
    until_ms = admit_call(circuit, now_ms=started_ms)
    if until_ms is not None:
        return keep_held(name, settle_open_circuit(vitals, knows=_knows(held), until_ms=until_ms), held)
    try:
        fresh = _fetch(key, client=client, held=held, now=now)
    except (LivePersonError, UnreadableVisit) as error:
        tell_circuit(circuit, error, now_ms=now())
        count("upstream_failures", kind=type(error).__name__)
        return keep_held(name, settle_failure(vitals, error, knows=_knows(held), now_ms=now()), held)
    note_success(circuit)
    changed = held is None or held.visit != fresh.visit or held.quiet_since_ms != fresh.quiet_since_ms
    settled = settle_answer(vitals, changed=changed, started_ms=started_ms, now_ms=now(), interval_ms=interval_ms)
    return keep_held(name, settled, fresh)


def _fetch(key: VisitKey, *, client: LivePersonClient, held: Held | None, now: Clock) -> Held:
    state = client.visit_state(visitor_id=key.visitor_id, session_id=key.session_id)
    parsed = parse_visit(state, wanted_session=key.session_id)
    for path in parsed.drift:
        count("payload_drift", path=path)
    visit = replace(parsed.visit, visitor_id=key.visitor_id)
    return hold_visit(visit, before=held, now_ms=now())


def _knows(held: Held | None) -> bool:
    return held is not None and held.visit is not None


def tell_circuit(circuit: str, error: Exception, *, now_ms: int) -> None:
    """A 429 or a busy log-in says nothing of LivePerson's health; any other answer, be it a no, is a sign of it."""
    if isinstance(error, RateLimited | LoginUnderWay):
        return
    if isinstance(error, LivePersonError) and error.counts_against_circuit:
        note_failure(circuit, now_ms=now_ms)
    else:
        note_success(circuit)
