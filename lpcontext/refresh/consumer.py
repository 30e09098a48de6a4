"""One account's queue of one kind, as a shift works through it: what is due is claimed, fetched, kept, queued again."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from django.conf import settings

from lpcontext.connections import NoClient
from lpcontext.liveperson import LivePersonClient, LoginUnderWay, RateLimited
from lpcontext.refresh.alerts import Alerts
from lpcontext.refresh.calls import CallResult, Calls
from lpcontext.refresh.client_change import is_same_trouble, make_waiting_due
from lpcontext.refresh.database import write_to_database
from lpcontext.refresh.kinds import Kind, SubjectUpdate, find_kind
from lpcontext.refresh.login_wait import LoginWait
from lpcontext.refresh.service_health import ServiceHealth
from lpcontext.refresh.transitions import (
    build_answer_result,
    build_clientless_result,
    build_expired_result,
    build_failure_result,
    build_pause_result,
    is_expired,
)
from lpcontext.snapshots import (
    PROBE_MS,
    Claim,
    ClaimResult,
    DueClaims,
    complete_claims,
    count,
    enqueue,
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
_NEVER = float("inf")


class QueueConsumer:
    """Of one shift. `notify` is called from another thread when a call has come back."""

    def __init__(
        self, kind: Kind, account_id: str, *, owner: str, alerts: Alerts, notify: Callable[[bool], None]
    ) -> None:
        self._kind, self._account_id, self._account = kind, account_id, name_of_account(account_id)
        self._health = ServiceHealth(account_id, kind.service)
        self._tokens = (f"{owner}:{number}" for number in itertools.count())
        self._calls = Calls(kind, now=memory_now_ms, notify=notify)
        self._alerts = alerts
        self._client: LivePersonClient | NoClient | None = None
        self._login = LoginWait()
        self._counted_error: Exception | None = None
        self._alert: Future[None] | None = None
        self._next_at, self._renew_at = 0.0, 0.0

    @property
    def claim_ms(self) -> int:
        """How long what we hold stays ours after its last renewal: one interval, two where that is short."""
        interval_ms = self._kind.interval_ms()
        return max(interval_ms, min(2 * interval_ms, 2_000))

    @property
    def is_busy(self) -> bool:
        """Some call is under way, or waits for a log-in."""
        return bool(self._calls.claims or self._login.claims)

    def check_soon(self) -> None:
        """Something may be due. From any thread."""
        self._next_at = 0.0

    def seconds_to_next(self) -> float:
        """Until something is due or may log in; negative where it is overdue."""
        login = self._login.seconds_to_next()
        return min(self._next_at - time.monotonic(), _NEVER if login is None else login)

    def run_turn(self, client: LivePersonClient | NoClient) -> None:
        """Raises MemoryUnavailable."""
        self.keep_results()
        self._note_client(client)
        self.renew()
        self._try_login(client)
        if time.monotonic() >= self._next_at:
            self._take(client)

    def keep_results(self) -> None:
        """Keep what has come back. Raises MemoryUnavailable."""
        results = [result for call_result in self._calls.collect() for result in self._read_call_result(call_result)]
        if results:
            self._keep(results)

    def close(self) -> None:
        """Give back what we still hold, due at once. Raises MemoryUnavailable."""
        self._calls.close()
        release_claims(self._account, self._kind.name, [*self._calls.claims, *self._login.claims])

    def _take(self, client: LivePersonClient | NoClient) -> None:
        capacity = self._calls.capacity
        if not capacity:
            self._next_at = time.monotonic() + _FULL_SECONDS
            return
        self._next_at = _NEVER  # before Redis is asked: who notifies us meanwhile must not be forgotten
        due = take_due(
            self._account,
            self._kind.name,
            circuit=self._health.circuit,
            token=next(self._tokens),
            most=_MOST_PACED if self._kind.is_paced else capacity,
            claim_ms=self.claim_ms,
            pace_ms=self._kind.interval_ms() if self._kind.is_paced else 0,
            slack_ms=_PACED_SLACK_MS if self._kind.is_paced else _SLACK_MS,
            probe_ms=_probe_ms(),
            wants_stored=self._kind.wants_stored,
        )
        self._note_next(due.next_ms, now_ms=due.now_ms)
        if due.claims:
            self._begin_calls(due, client)
            self.check_soon()

    def _begin_calls(self, due: DueClaims, client: LivePersonClient | NoClient) -> None:
        now_ms = due.now_ms
        if isinstance(client, NoClient):
            self._keep_without_client(client, due.claims)
            return
        expired = [claim for claim in due.claims if is_expired(claim, now_ms=now_ms)]
        if expired:
            self._keep([build_expired_result(self._kind, claim, now_ms=now_ms) for claim in expired])
        claims = [claim for claim in due.claims if claim not in expired]
        if due.closed_until_ms is not None:
            until_ms = due.closed_until_ms
            self._keep([build_pause_result(self._kind, claim, until_ms=until_ms, now_ms=now_ms) for claim in claims])
        else:
            self._health.note_due(due)
            self._calls.begin(claims, client=client, is_probe=due.is_probe)

    def _keep_without_client(self, client: NoClient, claims: Sequence[Claim]) -> None:
        """The account cannot be asked for: nobody added it, it is paused, or its credentials do not open."""
        forget, now_ms = client.trouble is None, memory_now_ms()
        complete_claims(
            self._account,
            self._kind.name,
            [build_clientless_result(self._kind, claim, forget=forget, now_ms=now_ms) for claim in claims],
        )
        if client.trouble is not None:
            self._raise_alert(lambda: self._alerts.note(client.trouble, now_ms=now_ms))

    def _read_call_result(self, call_result: CallResult) -> list[ClaimResult]:
        results = []
        for claim, fetched in call_result.fetched:
            if isinstance(fetched, LoginUnderWay):
                self._login.add(claim, is_probe=call_result.is_probe)
                continue
            self._login.note_answer()
            if isinstance(fetched, SubjectUpdate):
                results.append(self._read_update(claim, fetched, call_result))
            else:
                results.append(self._read_error(claim, fetched, call_result))
        return results

    def _read_update(self, claim: Claim, update: SubjectUpdate, call_result: CallResult) -> ClaimResult:
        if self._health.note_answer(is_probe=call_result.is_probe):
            self._make_all_due()
        self._enqueue_related(claim, update.related)
        return build_answer_result(self._kind, claim, update, asked_ms=call_result.asked_ms, now_ms=call_result.now_ms)

    def _read_error(self, claim: Claim, error: Exception, call_result: CallResult) -> ClaimResult:
        is_counted = error is self._counted_error  # one call for several chats fails once, whatever it means for each
        self._counted_error = error
        if not is_counted:
            count("upstream_failures", kind=type(error).__name__)
        is_probe, asked_ms, now_ms = call_result.is_probe, call_result.asked_ms, call_result.now_ms
        if isinstance(error, RateLimited):
            until_ms = self._health.note_limit(error, is_probe=is_probe, interval_ms=self._kind.interval_ms())
            return build_pause_result(self._kind, claim, until_ms=until_ms, now_ms=now_ms, asked_ms=asked_ms)
        if not is_counted and self._health.note_error(error, is_probe=is_probe):
            self._make_all_due()
        return build_failure_result(self._kind, claim, error, asked_ms=asked_ms, now_ms=now_ms)

    def _make_all_due(self) -> None:
        """LivePerson answers again: ask for all that wait, spread over an interval."""
        make_due(self._account, self._kind.name, spread_ms=self._kind.interval_ms())
        self.check_soon()

    def _keep(self, results: Sequence[ClaimResult]) -> None:
        complete_claims(self._account, self._kind.name, results)
        now_ms, statuses = memory_now_ms(), [result.status for result in results]
        for status in statuses:
            self._note_next(status.due_ms, now_ms=now_ms)
        if self._kind.speaks_for_account:
            self._raise_alert(lambda: self._alerts.note_statuses(statuses, now_ms=now_ms))
        else:
            self._raise_alert(lambda: self._alerts.note_refusals(self._kind.name, statuses))

    def _raise_alert(self, write: Callable[[], object]) -> None:
        """One at a time: what lasts is raised with the next, and a database that hangs piles up nothing."""
        if self._alert is None or self._alert.done():
            self._alert = write_to_database(write)

    def _enqueue_related(self, claim: Claim, related: Subject | None) -> None:
        """Whoever watches this watches what is behind it: the first answer that names it has it refreshed too."""
        if related is not None and (claim.status is None or claim.status.related != name_of(related)):
            initial = waiting_status(now_ms=memory_now_ms(), interval_ms=find_kind(related).interval_ms())
            enqueue(related, status=initial, watched_with=claim.name)

    def _note_client(self, client: LivePersonClient | NoClient) -> None:
        if client is self._client or is_same_trouble(client, self._client):
            return
        make_waiting_due(self._account, self._kind, client, is_first=self._client is None)
        self._client = client
        self.check_soon()

    def _try_login(self, client: LivePersonClient | NoClient) -> None:
        """Who waits for a log-in: one asks again now and then, and all do when it is done."""
        if isinstance(client, NoClient):
            waiting = self._login.take_all()
            if waiting:
                self._keep_without_client(client, waiting)
            return
        probes, others = self._login.take_ready()
        self._calls.begin(probes, client=client, is_probe=True)
        self._calls.begin(others, client=client)

    def renew(self) -> None:
        """Our claims are ours still. Raises MemoryUnavailable."""
        if time.monotonic() >= self._renew_at:
            claims = [*self._calls.claims, *self._login.claims]
            renew_claims(self._account, self._kind.name, claims, claim_ms=self.claim_ms)
            self._renew_at = time.monotonic() + self.claim_ms / 3000

    def _note_next(self, due_ms: int | None, *, now_ms: int) -> None:
        if due_ms is not None:
            self._next_at = min(self._next_at, time.monotonic() + (due_ms - _SLACK_MS - now_ms) / 1000)


def _probe_ms() -> int:
    """Longer than any call, log-in and all, may take: two probes at once would be no probes."""
    return max(PROBE_MS, int(3 * settings.READ_SECONDS * 1000))
