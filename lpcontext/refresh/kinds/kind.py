"""What must be known of a kind of subject to keep what we know of it young."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from lpcontext.liveperson import LivePersonClient, LivePersonError
from lpcontext.snapshots import Claim, LastAnswer, count
from lpcontext.subjects import Subject

Clock = Callable[[], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectUpdate:
    """What an answer changes. `stored`: what to keep, None where nothing is new. `last_answer` tells it from the next.

    `at_ms` is when LivePerson said so. `ended_at_ms`: it is over, since then. `related` is the subject behind it. Times
    are epoch ms.
    """

    at_ms: int
    last_answer: LastAnswer
    stored: msgspec.Struct | None = None
    quiet_since_ms: int | None = None
    ended_at_ms: int | None = None
    related: Subject | None = None


# A subject that was asked for, and what came of it: an update, or one of the errors a refresh expects.
Fetched = tuple[Claim, SubjectUpdate | Exception]


class Fetch(Protocol):
    """Asks for these claims' subjects, `per_call` at most; yields each with its update, or with the error it met.

    Called in threads: it keeps nothing between two calls.
    """

    def __call__(self, claims: Sequence[Claim], *, client: LivePersonClient, now: Clock) -> Iterator[Fetched]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`name` is the key's word for it. `service`: LivePerson's; subjects over the same service share a circuit.

    `per_call`: how many subjects one call can ask for. `calls_at_once`: how many calls of one shift may be under way.
    `wants_stored`: what is kept is needed to ask again. `is_paced`: the account as a whole is asked no sooner than the
    interval after the last time. `speaks_for_account`: what it meets is raised as the account's own trouble; else only
    its refusals are raised. `not_found`, `unreadable`: the errors that say so of it.
    """

    name: str
    service: str
    per_call: int
    calls_at_once: int
    wants_stored: bool
    is_paced: bool
    speaks_for_account: bool
    not_found: type[LivePersonError]
    unreadable: type[Exception]
    interval_ms: Callable[[], int]
    fetch: Fetch


def compute_digest(stored: msgspec.Struct) -> bytes:
    """16 bytes that change when, and only when, what is kept does."""
    return hashlib.blake2b(msgspec.msgpack.encode(stored), digest_size=16).digest()


def count_drift(paths: Iterable[str]) -> None:
    """Fields of an answer that were dropped, for the metrics, by their path."""
    for path in paths:
        count("payload_drift", path=path)
