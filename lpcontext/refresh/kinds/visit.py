"""Visits: asked for one at a time, each by its ids (contract 4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from lpcontext.liveperson import LivePersonClient, LivePersonError, VisitNotFound
from lpcontext.refresh.kinds.kind import Clock, Fetched, Kind, SubjectUpdate, compute_digest, count_drift
from lpcontext.refresh.kinds.presence import find_last_activity, find_quiet_since, split_off_ticking
from lpcontext.refresh.timing import visit_interval_ms
from lpcontext.snapshots import Claim, LastAnswer, StoredVisit, can_open_form, stored_form
from lpcontext.subjects import VisitKey
from lpcontext.visits import UnreadableVisit, compute_fingerprint, parse_visit


def fetch_visits(claims: Sequence[Claim], *, client: LivePersonClient, now: Clock) -> Iterator[Fetched]:
    """One call for each. Raises MemoryUnavailable."""
    for claim in claims:
        try:
            yield claim, _fetch_one(claim, client=client, now=now)
        except (LivePersonError, UnreadableVisit) as error:
            yield claim, error


def _fetch_one(claim: Claim, *, client: LivePersonClient, now: Clock) -> SubjectUpdate:
    """Raises LivePersonError, UnreadableVisit."""
    key = claim.subject
    if not isinstance(key, VisitKey):
        raise TypeError("a visit's queue holds visits")
    state = client.visit_state(visitor_id=key.visitor_id, session_id=key.session_id)
    answer, stay = compute_fingerprint(state)
    is_kept = claim.status is not None and claim.status.has_answer and can_open_form(claim.last_answer.form)
    if is_kept and answer == claim.last_answer.answer:
        return _note_same_answer(claim.last_answer, stay, now_ms=now())
    return _read_new_answer(key, state, answer, before=claim.last_answer, now_ms=now())


def _note_same_answer(before: LastAnswer, stay: object, *, now_ms: int) -> SubjectUpdate:
    """Nothing but the time on the current page may have moved: a sign of life, and nothing to parse."""
    stay_ms = stay if isinstance(stay, int) else None
    active_at_ms = now_ms if stay_ms != before.stay_ms or before.active_at_ms is None else before.active_at_ms
    return SubjectUpdate(
        at_ms=now_ms,
        last_answer=replace(before, stay_ms=stay_ms, active_at_ms=active_at_ms),
        quiet_since_ms=find_quiet_since(active_at_ms, now_ms=now_ms),
    )


def _read_new_answer(
    key: VisitKey, state: dict[str, object], answer: bytes, *, before: LastAnswer, now_ms: int
) -> SubjectUpdate:
    """Raises UnreadableVisit."""
    parsed = parse_visit(state, wanted_session=key.session_id)
    count_drift(parsed.drift)
    visit, stay_ms = split_off_ticking(replace(parsed.visit, visitor_id=key.visitor_id))
    active_at_ms = now_ms if before.answer else find_last_activity(parsed.visit, now_ms=now_ms)
    stored = StoredVisit(visit=visit)
    return SubjectUpdate(
        at_ms=now_ms,
        last_answer=LastAnswer(
            answer=answer,
            content=compute_digest(stored),
            form=stored_form(),
            stay_ms=stay_ms,
            active_at_ms=active_at_ms,
        ),
        stored=stored,
        quiet_since_ms=find_quiet_since(active_at_ms, now_ms=now_ms),
    )


VISIT = Kind(
    name=VisitKey.kind,
    service="smt",
    per_call=1,
    calls_at_once=32,
    wants_stored=False,
    is_paced=False,
    speaks_for_account=True,
    not_found=VisitNotFound,
    unreadable=UnreadableVisit,
    interval_ms=visit_interval_ms,
    fetch=fetch_visits,
)
