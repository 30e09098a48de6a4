"""What must be known of a kind of subject to keep what we know of it young."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from lpcontext.liveperson import LivePersonClient
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


def compute_digest(stored: msgspec.Struct) -> bytes:
    """16 bytes that change when, and only when, what is kept does."""
    return hashlib.blake2b(msgspec.msgpack.encode(stored), digest_size=16).digest()


def count_drift(paths: Iterable[str]) -> None:
    """Fields of an answer that were dropped, for the metrics, by their path."""
    for path in paths:
        count("payload_drift", path=path)


class Kind(Protocol):
    """Calls are made in threads: a kind keeps nothing between two of them."""

    @property
    def name(self) -> str:
        """As in `data-subject`, and which queue it waits in."""

    @property
    def service(self) -> str:
        """LivePerson's name of it: subjects over the same service share a circuit."""

    @property
    def per_call(self) -> int:
        """How many subjects one call can ask for."""

    @property
    def calls_at_once(self) -> int:
        """How many calls of one shift may be under way."""

    @property
    def wants_stored(self) -> bool:
        """Whether what is kept is needed to ask again."""

    @property
    def is_paced(self) -> bool:
        """Whether the account as a whole is asked no sooner than the interval after the last time."""

    @property
    def speaks_for_account(self) -> bool:
        """Whether what it meets is raised as the account's own trouble; else only its refusals are raised."""

    def interval_ms(self) -> int: ...

    def fetch(self, claims: Sequence[Claim], *, client: LivePersonClient, now: Clock) -> Iterator[Fetched]:
        """Ask for these, `per_call` at most. Yields each with its update, or with the error it met."""
