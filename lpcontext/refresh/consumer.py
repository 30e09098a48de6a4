"""One account's queue of one kind, in the hands of a shift: what is due is taken, asked for, kept, and queued again."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from django.conf import settings

from lpcontext.liveperson import LivePersonClient, LoginUnderWay, RateLimited
from lpcontext.refresh.alerts import Alerts
from lpcontext.refresh.calls import CallResponse, Calls
from lpcontext.refresh.claim_results import (
    build_answer_result,
    build_clientless_result,
    build_expired_result,
    build_failure_result,
    build_pause_result,
    is_expired,
)
from lpcontext.refresh.database import write_to_database
from lpcontext.refresh.factory import NoClient
from lpcontext.refresh.kinds import KINDS, Kind, SubjectUpdate
from lpcontext.refresh.login_wait import LoginWait
from lpcontext.refresh.service_health import ServiceHealth
from lpcontext.snapshots import (
    PROBE_MS,
    Claim,
    ClaimResult,
    DueClaims,
    complete_claims,
    count,
    enqueue,
    find_waiting,
    make_due,
    memory_now_ms,
    name_of,
    name_of_account,
    release_claims,
    renew_claims,
    take_due,
    waiting_status,
)
from lpcontext.subjects import Subject

_SLACK_MS = 50  # half a turn: what is due this soon comes along
_PACED_SLACK_MS = 250  # so does a chat of the same round
_MOST_PACED = 500
_FULL_SECONDS = 0.3
_REFUSED_LATELY_MS = 30_000
_NEVER = float("inf")


class QueueConsumer:
    """Of one shift. `tell` is called from another thread when a call has come back."""

    def __init__(
        self, kind: Kind, account_id: str, *, owner: str, alerts: Alerts, tell: Callable[[bool], None]
    ) -> None:
        self._kind, self._account_id, self._account = kind, account_id, name_of_account(account_id)
        self._health = ServiceHealth(account_id, kind.service)
        self._tokens = (f"{owner}:{number}" for number in itertools.count())
        self._calls = Calls(kind, now=memory_now_ms, tell=tell)
        self._alerts = alerts
        self._client: LivePersonClient | NoClient | None = None
        self._login = LoginWait()
        self._told_error: Exception | None = None
        self._note: Future[None] | None = None
        self._next_at, self._renew_at = 0.0, 0.0

    @property
    def claim_ms(self) -> int:
        """How long what we hold stays ours after our last word: one interval, two where that is short."""
        interval_ms = self._kind.interval_ms()
        return max(interval_ms, min(2 * interval_ms, 2_000))

    @property
    def is_asking(self) -> bool:
        return bool(self._calls.claims or self._login.claims)

    def look_again(self) -> None:
        """Something may be due. From any thread."""
        self._next_at = 0.0

    def seconds_to_next(self) -> float:
        login = self._login.seconds_to_next()
        return min(self._next_at - time.monotonic(), _NEVER if login is None else login)

    def turn(self, client: LivePersonClient | NoClient) -> None:
        """Raises MemoryUnavailable."""
        self.keep_answers()
        self._greet(client)
        self.renew()
        self._try_login(client)
        if time.monotonic() >= self._next_at:
            self._take(client)

    def keep_answers(self) -> None:
        """Keep what has come back. Raises MemoryUnavailable."""
        settled = [one for answered in self._calls.collect() for one in self._conclude(answered)]
        if settled:
            self._keep(settled)

    def close(self) -> None:
        """Give back what we still hold, due at once. Raises MemoryUnavailable."""
        self._calls.close()
        release_claims(self._account, self._kind.name, [*self._calls.claims, *self._login.claims])

    def _take(self, client: LivePersonClient | NoClient) -> None:
        most = _MOST_PACED if self._kind.is_paced else self._calls.room
        if not most or (self._kind.is_paced and not self._calls.room):
            self._next_at = time.monotonic() + _FULL_SECONDS
            return
        self._next_at = _NEVER  # before the question: whoever rings meanwhile must not be forgotten
        taken = take_due(
            self._account,
            self._kind.name,
            circuit=self._health.circuit,
            token=next(self._tokens),
            most=most,
            claim_ms=self.claim_ms,
            pace_ms=self._kind.interval_ms() if self._kind.is_paced else 0,
            slack_ms=_PACED_SLACK_MS if self._kind.is_paced else _SLACK_MS,
            probe_ms=_probe_ms(),
            wants_stored=self._kind.wants_stored,
        )
        self._note_next(taken.next_ms, now_ms=taken.now_ms)
        if taken.claims:
            self._use(taken, client)
            self.look_again()

    def _use(self, taken: DueClaims, client: LivePersonClient | NoClient) -> None:
        now_ms = taken.now_ms
        if isinstance(client, NoClient):
            self._do_without(client, taken.claims)
            return
        old = [claim for claim in taken.claims if is_expired(claim, now_ms=now_ms)]
        if old:
            self._keep([build_expired_result(self._kind, claim, now_ms=now_ms) for claim in old])
        claims = [claim for claim in taken.claims if claim not in old]
        if taken.closed_until_ms is not None:
            until_ms = taken.closed_until_ms
            self._keep([build_pause_result(self._kind, claim, until_ms=until_ms, now_ms=now_ms) for claim in claims])
        else:
            self._health.note_taken(taken)
            self._calls.begin(claims, client=client, is_probe=taken.is_probe)

    def _do_without(self, client: NoClient, claims: Sequence[Claim]) -> None:
        """The account cannot be asked for: nobody added it, it is paused, or its credentials do not open."""
        forget, now_ms = client.trouble is None, memory_now_ms()
        complete_claims(
            self._account,
            self._kind.name,
            [build_clientless_result(self._kind, claim, forget=forget, now_ms=now_ms) for claim in claims],
        )
        if client.trouble is not None:
            self._tell(lambda: self._alerts.note(client.trouble, now_ms=now_ms))

    def _conclude(self, answered: CallResponse) -> list[ClaimResult]:
        settled = []
        for claim, result in answered.asked:
            if isinstance(result, LoginUnderWay):
                self._login.add(claim, is_probe=answered.call.is_probe)
                continue
            self._login.note_answer()
            if isinstance(result, SubjectUpdate):
                settled.append(self._conclude_answer(claim, result, answered))
            else:
                settled.append(self._conclude_error(claim, result, answered))
        return settled

    def _conclude_answer(self, claim: Claim, learnt: SubjectUpdate, answered: CallResponse) -> ClaimResult:
        if self._health.note_answer(is_probe=answered.call.is_probe):
            self._wake_all()
        self._follow(claim, learnt.related)
        return build_answer_result(self._kind, claim, learnt, asked_ms=answered.asked_ms, now_ms=answered.now_ms)

    def _conclude_error(self, claim: Claim, error: Exception, answered: CallResponse) -> ClaimResult:
        is_told = error is self._told_error  # one call for several chats fails once, whatever it means for each
        self._told_error = error
        if not is_told:
            count("upstream_failures", kind=type(error).__name__)
        is_probe, asked_ms, now_ms = answered.call.is_probe, answered.asked_ms, answered.now_ms
        if isinstance(error, RateLimited):
            until_ms = self._health.note_limit(error, is_probe=is_probe, interval_ms=self._kind.interval_ms())
            return build_pause_result(self._kind, claim, until_ms=until_ms, now_ms=now_ms, asked_ms=asked_ms)
        if not is_told and self._health.note_error(error, is_probe=is_probe):
            self._wake_all()
        return build_failure_result(self._kind, claim, error, asked_ms=asked_ms, now_ms=now_ms)

    def _wake_all(self) -> None:
        """LivePerson answers again: ask for all that wait, spread over an interval."""
        make_due(self._account, self._kind.name, spread_ms=self._kind.interval_ms())
        self.look_again()

    def _keep(self, settled: Sequence[ClaimResult]) -> None:
        complete_claims(self._account, self._kind.name, settled)
        for one in settled:
            self._note_next(one.status.due_ms, now_ms=memory_now_ms())
        statuses = [one.status for one in settled]
        if self._kind.is_paced:
            self._tell(lambda: self._alerts.note_chats(statuses))
        else:
            now_ms = memory_now_ms()
            self._tell(lambda: self._alerts.note_visits(statuses, now_ms=now_ms))

    def _tell(self, note: Callable[[], object]) -> None:
        """One note at a time: what lasts is told with the next, and a database that hangs piles up nothing."""
        if self._note is None or self._note.done():
            self._note = write_to_database(note)

    def _follow(self, claim: Claim, related: Subject | None) -> None:
        """Whoever watches this watches what is behind it: the first answer that tells it has it refreshed too."""
        if related is not None and (claim.status is None or claim.status.related != name_of(related)):
            [kind] = [kind for kind in KINDS if kind.name == related.kind]
            initial = waiting_status(now_ms=memory_now_ms(), interval_ms=kind.interval_ms())
            enqueue(related, status=initial, watched_with=claim.name)

    def _greet(self, client: LivePersonClient | NoClient) -> None:
        """New credentials, or an account that is back: whoever waits for them is asked for at once.

        And an account that is gone: what was known of its visitors is forgotten at once, whatever it waited for.
        """
        if client is self._client or _is_same_trouble(client, self._client):
            return
        if isinstance(client, NoClient):
            make_due(self._account, self._kind.name, spread_ms=0)
        else:
            names = self._find_waiting_for_credentials()
            if names:
                make_due(self._account, self._kind.name, spread_ms=self._kind.interval_ms(), names=names)
        self._client = client
        self.look_again()

    def _find_waiting_for_credentials(self) -> list[str]:
        """At the beginning of a shift nobody knows whether they are new: who was just refused is left in peace."""
        recent_ms = memory_now_ms() - _REFUSED_LATELY_MS if self._client is None else memory_now_ms()
        return [
            name
            for name, status in find_waiting(self._account, self._kind.name).items()
            if status.state.waits_for_credentials and (status.asked_ms or 0) < recent_ms
        ]

    def _try_login(self, client: LivePersonClient | NoClient) -> None:
        """Who waits for a log-in: one asks again now and then, and all do when it is done."""
        if isinstance(client, NoClient):
            waiting = self._login.take_all()
            if waiting:
                self._do_without(client, waiting)
            return
        probes, others = self._login.take_ready()
        self._calls.begin(probes, client=client, is_probe=True)
        self._calls.begin(others, client=client)

    def renew(self) -> None:
        """Say that what we hold is ours still. Raises MemoryUnavailable."""
        if time.monotonic() >= self._renew_at:
            claims = [*self._calls.claims, *self._login.claims]
            renew_claims(self._account, self._kind.name, claims, claim_ms=self.claim_ms)
            self._renew_at = time.monotonic() + self.claim_ms / 3000

    def _note_next(self, due_ms: int | None, *, now_ms: int) -> None:
        if due_ms is not None:
            self._next_at = min(self._next_at, time.monotonic() + (due_ms - _SLACK_MS - now_ms) / 1000)


def _is_same_trouble(one: object, other: object) -> bool:
    """An account that cannot be asked for is no news each time we look."""
    return isinstance(one, NoClient) and isinstance(other, NoClient) and one.trouble == other.trouble


def _probe_ms() -> int:
    """Longer than any call, log-in and all, may take: two probes at once would be no probes."""
    return max(PROBE_MS, int(3 * settings.READ_SECONDS * 1000))
