"""Claims: what a worker works on now.

Taken, renewed and given back in one script each. A claim has an owner and an end; where its owner is gone it lapses,
and the subject is due again. What an owner whose claim has lapsed brings back after another took it is not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

import msgspec

from lpcontext.snapshots.claim_scripts import COMPLETE, MAKE_DUE, RENEW, TAKE
from lpcontext.snapshots.codec import (
    decode_last_answer,
    decode_status,
    encode_last_answer,
    encode_status,
    open_key,
    seal_stored,
)
from lpcontext.snapshots.memory import PREFIX, reaching_memory, run_clocked_script
from lpcontext.snapshots.model import LastAnswer, SubjectStatus
from lpcontext.snapshots.naming import (
    CHANGES,
    circuit_key,
    claims_key,
    queue_clock_key,
    queue_key,
    subject_key,
    watches_key,
)
from lpcontext.snapshots.store import KEEP_MS
from lpcontext.snapshots.watches import ACCOUNT_KEEP_MS
from lpcontext.subjects import Subject

# What only a newer process can open is left to it for so long.
_STRANGE_MS = 500
# No watch lasts longer: one that seems to was set by a clock that was set back since.
_LONGEST_WATCH_MS = 660_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A subject that a worker works on, and all that was known of it. `sealed` is what is kept, where it was wanted."""

    name: str
    token: str
    subject: Subject
    status: SubjectStatus | None
    last_answer: LastAnswer
    sealed: bytes | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class DueClaims:
    """What there was to do. Times are epoch ms by Redis' clock.

    `closed_until_ms`: the circuit is open, LivePerson is not to be asked before then. `is_probe`: it was, and this one
    claim is the call that decides. `failures`: the circuit has noted some. `next_ms`: when something is due next.
    """

    claims: tuple[Claim, ...]
    now_ms: int
    closed_until_ms: int | None
    is_probe: bool
    failures: int
    next_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimResult:
    """What a worker made of a claim. `stored` None leaves what is kept as it is; `forget` drops it."""

    claim: Claim
    status: SubjectStatus
    last_answer: LastAnswer | None = None
    stored: msgspec.Struct | None = None
    forget: bool = False


def take_due(
    account: str,
    kind: str,
    *,
    circuit: str,
    token: str,
    most: int,
    claim_ms: int,
    pace_ms: int,
    slack_ms: int,
    probe_ms: int,
    wants_stored: bool,
) -> DueClaims:
    """Claim the subjects of one kind that are due and watched, longest due first; the unwatched leave the queue.

    `token` is never used twice. With `pace_ms`, nothing is taken sooner than that after the last taking. Raises
    MemoryUnavailable.
    """
    keys = [
        queue_key(account, kind),
        claims_key(account, kind),
        watches_key(account),
        circuit_key(circuit),
        queue_clock_key(account, kind),
    ]
    args: list[str | int] = [
        *(token, most, claim_ms, slack_ms, PREFIX + subject_key(""), "v" if wants_stored else "", pace_ms, probe_ms),
        *(ACCOUNT_KEEP_MS, _LONGEST_WATCH_MS),
    ]
    now_ms, gate, probe, failures, first, taken = run_clocked_script(TAKE, keys=keys, args=args)
    claims, strange = _read_claims(taken)
    _run_renew(account, kind, strange, after_ms=_STRANGE_MS, give_back=True)
    return DueClaims(claims, now_ms, gate or None, bool(probe), failures, int(float(first)) if first else None)


def complete_claims(account: str, kind: str, results: Sequence[ClaimResult]) -> set[str]:
    """Keep the results, queue each subject again, publish the statuses. Returns the names whose claims still held.

    Raises MemoryUnavailable.
    """
    args: list[str | bytes | int] = [PREFIX + subject_key(""), KEEP_MS, PREFIX + CHANGES]
    for each in results:
        name = each.claim.name
        args += [
            *(name, each.claim.token, "" if each.status.due_ms is None else each.status.due_ms),
            *(encode_status(each.status), encode_last_answer(each.last_answer) if each.last_answer else b""),
            b"-" if each.forget else seal_stored(name, each.stored) if each.stored is not None else b"",
        ]
    _, kept = run_clocked_script(COMPLETE, keys=[queue_key(account, kind), claims_key(account, kind)], args=args)
    return {name.decode() for name in kept}


def renew_claims(account: str, kind: str, claims: Iterable[Claim], *, claim_ms: int) -> None:
    """Raises MemoryUnavailable."""
    names = [(claim.name, claim.token) for claim in claims]
    _run_renew(account, kind, names, after_ms=claim_ms, give_back=False)


def release_claims(account: str, kind: str, claims: Iterable[Claim], *, after_ms: int = 0) -> None:
    """Without a result: due again in `after_ms`, for whoever comes. Raises MemoryUnavailable."""
    names = [(claim.name, claim.token) for claim in claims]
    _run_renew(account, kind, names, after_ms=after_ms, give_back=True)


def make_due(account: str, kind: str, *, spread_ms: int, names: Sequence[str] = ()) -> None:
    """Make these due, or all that wait, spread over `spread_ms`; claims stay. Raises MemoryUnavailable."""
    keys = [queue_key(account, kind), claims_key(account, kind)]
    run_clocked_script(MAKE_DUE, keys=keys, args=[spread_ms, *names])


def find_waiting(account: str, kind: str) -> dict[str, SubjectStatus]:
    """Every subject in a queue, by name, and its status. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        names = cast("list[bytes]", memory.zrange(PREFIX + queue_key(account, kind), 0, -1))
        with memory.pipeline(transaction=False) as pipeline:
            for name in names:
                pipeline.hget(PREFIX + subject_key(name.decode()), "m")
            encoded = cast("list[bytes | None]", pipeline.execute())
    found = zip(names, map(decode_status, encoded), strict=True)
    return {name.decode(): status for name, status in found if status is not None}


def _run_renew(account: str, kind: str, claims: Iterable[tuple[str, str]], *, after_ms: int, give_back: bool) -> None:
    """By their names and tokens."""
    pairs = [text for claim in claims for text in claim]
    if pairs:
        keys = [queue_key(account, kind), claims_key(account, kind)]
        run_clocked_script(RENEW, keys=keys, args=[after_ms, int(give_back), *pairs])


def _read_claims(taken: Sequence[Sequence[bytes | None]]) -> tuple[tuple[Claim, ...], list[tuple[str, str]]]:
    """And by name and token those whose key is sealed by a key we do not have: a newer process sees to them."""
    claims, strange = [], []
    for name, token, sealed_key, status, last_answer, sealed in taken:
        if not name or not token or not sealed_key:
            continue
        known_as = name.decode(), token.decode()
        subject = open_key(known_as[0], sealed_key)
        if subject is None:
            strange.append(known_as)
        else:
            claims.append(Claim(*known_as, subject, decode_status(status), decode_last_answer(last_answer), sealed))
    return tuple(claims), strange
