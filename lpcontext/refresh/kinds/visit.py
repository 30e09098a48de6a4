"""Visits: asked for one at a time, each by its ids (contract 4.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from lpcontext.liveperson import LivePersonClient, LivePersonError
from lpcontext.refresh.kinds.kind import Clock, Fetched, SubjectUpdate
from lpcontext.refresh.presence import find_last_activity, quiet_since, split_off_ticking
from lpcontext.refresh.schedule import visit_interval_ms
from lpcontext.snapshots import Claim, LastAnswer, StoredVisit, can_open_form, count, stored_form
from lpcontext.subjects import VisitKey
from lpcontext.visits import UnreadableVisit, compute_fingerprint, parse_visit


class VisitKind:
    name = "visit"
    service = "smt"
    per_call = 1
    calls_at_once = 32
    wants_stored = False
    is_paced = False

    def interval_ms(self) -> int:
        return visit_interval_ms()

    def fetch(self, claims: Sequence[Claim], *, client: LivePersonClient, now: Clock) -> Iterator[Fetched]:
        for claim in claims:
            try:
                yield claim, _ask_one(claim, client=client, now=now)
            except (LivePersonError, UnreadableVisit) as error:
                yield claim, error


def _ask_one(claim: Claim, *, client: LivePersonClient, now: Clock) -> SubjectUpdate:
    """Raises LivePersonError, UnreadableVisit."""
    key = claim.subject
    if not isinstance(key, VisitKey):
        raise TypeError("a visit's queue holds visits")
    state = client.visit_state(visitor_id=key.visitor_id, session_id=key.session_id)
    answer, stay = compute_fingerprint(state)
    is_kept = claim.status is not None and claim.status.has_answer and can_open_form(claim.last_answer.form)
    if is_kept and answer == claim.last_answer.answer:
        return _read_the_same(claim.last_answer, stay, now_ms=now())
    return _read_news(key, state, answer, before=claim.last_answer, now_ms=now())


def _read_the_same(before: LastAnswer, stay: object, *, now_ms: int) -> SubjectUpdate:
    """Nothing but the time on the current page may have moved: a sign of life, and nothing to parse."""
    stay_ms = stay if isinstance(stay, int) else None
    active_at_ms = now_ms if stay_ms != before.stay_ms or before.active_at_ms is None else before.active_at_ms
    notes = replace(before, stay_ms=stay_ms, active_at_ms=active_at_ms)
    return SubjectUpdate(at_ms=now_ms, last_answer=notes, quiet_since_ms=quiet_since(active_at_ms, now_ms=now_ms))


def _read_news(
    key: VisitKey, state: dict[str, object], answer: bytes, *, before: LastAnswer, now_ms: int
) -> SubjectUpdate:
    """Raises UnreadableVisit."""
    parsed = parse_visit(state, wanted_session=key.session_id)
    for path in parsed.drift:
        count("payload_drift", path=path)
    visit, stay_ms = split_off_ticking(replace(parsed.visit, visitor_id=key.visitor_id))
    active_at_ms = now_ms if before.answer else find_last_activity(parsed.visit, now_ms=now_ms)
    stored = StoredVisit(visit=visit)
    content = hashlib.blake2b(msgspec.msgpack.encode(stored), digest_size=16).digest()
    notes = LastAnswer(answer=answer, content=content, form=stored_form(), stay_ms=stay_ms, active_at_ms=active_at_ms)
    return SubjectUpdate(
        at_ms=now_ms, last_answer=notes, stored=stored, quiet_since_ms=quiet_since(active_at_ms, now_ms=now_ms)
    )


VISIT = VisitKind()
