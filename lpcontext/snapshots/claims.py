"""Claims: what a worker works on now.

Taken, renewed and given back in one script each. A claim has an owner and an end; where its owner is gone it lapses,
and the subject is due again. What an owner whose claim has lapsed brings back after another took it is not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

import msgspec

from lpcontext.snapshots.claim_scripts import RENEW, SETTLE, TAKE, WAKE
from lpcontext.snapshots.memory import PREFIX, learn_now, reaching_memory, run_script
from lpcontext.snapshots.model import Notes, SubjectStatus
from lpcontext.snapshots.store import (
    KEEP_MS,
    decode_notes,
    decode_status,
    encode_notes,
    encode_status,
    open_key,
    place_of,
    seal_stored,
)
from lpcontext.snapshots.watches import ACCOUNT_KEEP_MS, CHANGES, claims_of, queue_of, watches_of
from lpcontext.subjects import Subject

# What only a newer process can open is left to it for so long.
_STRANGE_MS = 500
# No watch lasts longer: one that seems to was set by a clock that was set back since.
_LONGEST_WATCH_MS = 660_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A subject in a worker's hand, with all that was known of it. `sealed` is what is kept, where it was asked for."""

    name: str
    token: str
    subject: Subject
    status: SubjectStatus | None
    notes: Notes
    sealed: bytes | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class Taken:
    """What there was to do. Times are epoch ms by Redis' clock.

    `closed_until_ms`: the circuit is open, LivePerson is not to be asked before then. `is_probe`: it was, and this one
    claim is the try that tells. `failures`: the circuit has noted some. `next_ms`: when something is due next.
    """

    claims: tuple[Claim, ...]
    now_ms: int
    closed_until_ms: int | None
    is_probe: bool
    failures: int
    next_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a worker makes of a claim. `stored` None leaves what is kept as it is; `forget` drops it."""

    claim: Claim
    status: SubjectStatus
    notes: Notes | None = None
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
) -> Taken:
    """Claim the subjects of one kind that are due and watched, longest due first; the unwatched leave the queue.

    `token` is never used twice. With `pace_ms`, nothing is taken sooner than that after the last taking. Raises
    MemoryUnavailable.
    """
    keys = [
        queue_of(account, kind),
        claims_of(account, kind),
        watches_of(account),
        f"c:{circuit}",
        f"clock:{account}:{kind}",
    ]
    args: list[str | int] = [
        *(token, most, claim_ms, slack_ms, place_of(""), "v" if wants_stored else "", pace_ms, probe_ms),
        *(ACCOUNT_KEEP_MS, _LONGEST_WATCH_MS),
    ]
    now_ms, gate, probe, failures, first, told = run_script(TAKE, keys=keys, args=args)
    learn_now(now_ms)
    claims, strange = _read_claims(told)
    _run_renew(account, kind, strange, after_ms=_STRANGE_MS, give_back=True)
    return Taken(claims, now_ms, gate or None, bool(probe), failures, int(float(first)) if first else None)


def settle(account: str, kind: str, settled: Sequence[Settled]) -> set[str]:
    """Write what was learnt, name when each is due again, tell all processes. Returns whose claims still held.

    Raises MemoryUnavailable.
    """
    args: list[str | bytes | int] = [place_of(""), KEEP_MS, PREFIX + CHANGES]
    for each in settled:
        name = each.claim.name
        args += [
            *(name, each.claim.token, "" if each.status.due_ms is None else each.status.due_ms),
            *(encode_status(each.status), encode_notes(each.notes) if each.notes else b""),
            b"-" if each.forget else seal_stored(name, each.stored) if each.stored is not None else b"",
        ]
    now_ms, kept = run_script(SETTLE, keys=[queue_of(account, kind), claims_of(account, kind)], args=args)
    learn_now(now_ms)
    return {name.decode() for name in kept}


def renew_claims(account: str, kind: str, claims: Iterable[Claim], *, claim_ms: int) -> None:
    """Raises MemoryUnavailable."""
    names = [(claim.name, claim.token) for claim in claims]
    _run_renew(account, kind, names, after_ms=claim_ms, give_back=False)


def give_back(account: str, kind: str, claims: Iterable[Claim], *, after_ms: int = 0) -> None:
    """Unsettled: due again in `after_ms`, for whoever comes. Raises MemoryUnavailable."""
    names = [(claim.name, claim.token) for claim in claims]
    _run_renew(account, kind, names, after_ms=after_ms, give_back=True)


def wake_queue(account: str, kind: str, *, spread_ms: int, names: Sequence[str] = ()) -> None:
    """Make these due, or all that wait, spread over `spread_ms`; claims stay. Raises MemoryUnavailable."""
    keys = [queue_of(account, kind), claims_of(account, kind)]
    learn_now(run_script(WAKE, keys=keys, args=[spread_ms, *names]))


def find_waiting(account: str, kind: str) -> dict[str, SubjectStatus]:
    """Every subject in a queue, by name, and its status. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        names = cast("list[bytes]", memory.zrange(PREFIX + queue_of(account, kind), 0, -1))
        with memory.pipeline(transaction=False) as line:
            for name in names:
                line.hget(place_of(name.decode()), "m")
            told = cast("list[bytes | None]", line.execute())
    found = zip(names, map(decode_status, told), strict=True)
    return {name.decode(): status for name, status in found if status is not None}


def _run_renew(account: str, kind: str, claims: Iterable[tuple[str, str]], *, after_ms: int, give_back: bool) -> None:
    """By their names and tokens."""
    pairs = [text for claim in claims for text in claim]
    if pairs:
        keys = [queue_of(account, kind), claims_of(account, kind)]
        learn_now(run_script(RENEW, keys=keys, args=[after_ms, int(give_back), *pairs]))


def _read_claims(told: Sequence[Sequence[bytes | None]]) -> tuple[tuple[Claim, ...], list[tuple[str, str]]]:
    """And by name and token those whose key is sealed by a key we do not have: a newer process sees to them."""
    claims, strange = [], []
    for name, token, sealed_key, status, notes, sealed in told:
        if not name or not token or not sealed_key:
            continue
        known_as = name.decode(), token.decode()
        subject = open_key(known_as[0], sealed_key)
        if subject is None:
            strange.append(known_as)
        else:
            claims.append(Claim(*known_as, subject, decode_status(status), decode_notes(notes), sealed))
    return tuple(claims), strange
