"""One account's queue of one kind, by the public verbs of memory: watched, queued, claimed and settled by hand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from lpcontext.snapshots import (
    PROBE_MS,
    Claim,
    ClaimResult,
    DueClaims,
    SubjectStatus,
    complete_claims,
    enqueue,
    find_waiting,
    name_of,
    name_of_account,
    name_of_circuit,
    take_due,
    waiting_status,
    watch_subject,
)
from lpcontext.snapshots.memory import connect
from lpcontext.subjects import ChatKey, State, Subject, VisitKey
from tests.support.waiting import wait_until

LONG_MS = 60_000


def redis_now_ms() -> int:
    """Asked of Redis itself."""
    seconds, micros = connect().time()
    return int(seconds) * 1000 + int(micros) // 1000


def command(*words: str) -> Any:
    """What redis-py has no typed verb for."""
    redis: Any = connect()
    return redis.execute_command(*words)


@dataclass
class AccountQueue:
    account_id: str = "71820394"
    kind: str = "visit"
    tokens: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def account(self) -> str:
        return name_of_account(self.account_id)

    @property
    def circuit(self) -> str:
        return name_of_circuit(self.account_id, "smt")

    @property
    def place(self) -> str:
        """Its key in Redis."""
        return f"lpc:due:{self.account}:{self.kind}"

    def subject(self, number: int) -> Subject:
        if self.kind == "chat":
            return ChatKey(account_id=self.account_id, chat_id=f"chat-{number}")
        return VisitKey(account_id=self.account_id, visitor_id=f"visitor-{number}", session_id="session")

    def name(self, number: int) -> str:
        return name_of(self.subject(number))

    def watch(self, number: int, *, watch_ms: int = LONG_MS) -> None:
        subject = self.subject(number)
        watch_subject(name_of(subject), kind=subject.kind, account=self.account, watch_ms=watch_ms)

    def enqueue(self, number: int, *, after_ms: int = 0) -> bool:
        status = waiting_status(now_ms=redis_now_ms(), interval_ms=5000)
        return enqueue(self.subject(number), status=status, after_ms=after_ms)

    def add(self, *numbers: int, after_ms: int = 0) -> None:
        """Watched and queued."""
        for number in numbers:
            self.watch(number)
            self.enqueue(number, after_ms=after_ms)

    def take(
        self, *, most: int = 100, claim_ms: int = LONG_MS, pace_ms: int = 0, slack_ms: int = 0, circuit: str = ""
    ) -> DueClaims:
        return take_due(
            self.account,
            self.kind,
            circuit=circuit or self.circuit,
            token=f"taking {next(self.tokens)}",
            most=most,
            claim_ms=claim_ms,
            pace_ms=pace_ms,
            slack_ms=slack_ms,
            probe_ms=PROBE_MS,
            wants_stored=False,
        )

    def take_one(self, *, claim_ms: int = LONG_MS) -> Claim:
        [claim] = self.take(claim_ms=claim_ms).claims
        return claim

    def take_lapsed(self) -> Claim:
        """What somebody held, once that has lapsed."""
        taken: list[Claim] = []

        def is_taken() -> bool:
            taken.extend(self.take().claims)
            return bool(taken)

        wait_until(is_taken)
        [claim] = taken
        return claim

    def complete_claims(
        self,
        *claims: Claim,
        state: State = State.LIVE,
        due_in_ms: int | None = LONG_MS,
        first_seen_ms: int | None = None,
    ) -> set[str]:
        """`first_seen_ms`: they begin anew, then."""
        now_ms = redis_now_ms()
        due_ms = None if due_in_ms is None else now_ms + due_in_ms
        newest = SubjectStatus(state=state, first_seen_ms=now_ms, as_of_ms=now_ms, due_ms=due_ms, serial=1)
        statuses = [_after(claim.status, newest) for claim in claims]
        if first_seen_ms is not None:
            statuses = [replace(status, first_seen_ms=first_seen_ms) for status in statuses]
        settled = [ClaimResult(claim=claim, status=status) for claim, status in zip(claims, statuses, strict=True)]
        return complete_claims(self.account, self.kind, settled)

    def waiting(self) -> dict[str, SubjectStatus]:
        return find_waiting(self.account, self.kind)

    def due_ms(self, numbers: Sequence[int]) -> list[float | None]:
        """When each is due by the queue, epoch ms; None for one that is not in it."""
        return [connect().zscore(self.place, self.name(number)) for number in numbers]

    def pass_time(self, ms: int) -> None:
        """For the circuit, as if so long ago it had been opened, probed and paced."""
        place = f"lpc:c:{self.circuit}"
        for moment in ("until", "probing", "round"):
            if connect().hexists(place, moment):
                connect().hincrby(place, moment, -ms)


def _after(before: SubjectStatus | None, newest: SubjectStatus) -> SubjectStatus:
    """With the beginning and the number of what went before, as a worker keeps them."""
    return replace(newest, first_seen_ms=before.first_seen_ms, serial=before.serial + 1) if before else newest
