"""What the heartbeat must know of a kind of subject to keep it young."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from lpcontext.liveperson import LivePersonClient
from lpcontext.snapshots import Claim, LastAnswer
from lpcontext.subjects import Subject

Clock = Callable[[], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectUpdate:
    """What an answer tells. `stored` is what to keep, None where nothing new was told; `notes` tell it from the next.

    `at_ms` is when LivePerson told it. `ended_at_ms`: it is over, since then. `related` is the subject behind it. Times
    are epoch ms.
    """

    at_ms: int
    last_answer: LastAnswer
    stored: msgspec.Struct | None = None
    quiet_since_ms: int | None = None
    ended_at_ms: int | None = None
    related: Subject | None = None


# A subject that was asked for, and what came of it: what was learnt, or one of the errors a refresh expects.
Fetched = tuple[Claim, SubjectUpdate | Exception]


class Kind(Protocol):
    """Asking happens in threads: a kind keeps nothing between two calls."""

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

    def interval_ms(self) -> int: ...

    def fetch(self, claims: Sequence[Claim], *, client: LivePersonClient, now: Clock) -> Iterator[Fetched]:
        """Ask for these, `per_call` at most. Yields each with what was learnt, or with the error it met."""
