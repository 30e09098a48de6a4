"""Calls to LivePerson under way for one shift and kind: bounded in number, each in a thread."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from lpcontext.liveperson import LivePersonClient, UnreadableResponse
from lpcontext.refresh.kinds import Fetched, Kind
from lpcontext.snapshots import Claim, MemoryUnavailable, count

log = logging.getLogger(__name__)

Clock = Callable[[], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallResult:
    """What has come back of a call so far, and when (epoch ms).

    `is_probe`: it was the one call that an open circuit lets through. `is_over`: this was the last of it. `lapsing`:
    nothing came for these, and their claims are left to lapse.
    """

    fetched: tuple[Fetched, ...]
    is_probe: bool
    asked_ms: int
    now_ms: int
    is_over: bool
    lapsing: tuple[Claim, ...] = ()


class Calls:
    """`notify` is called from a thread when a call has come back, with True where somebody waits for it."""

    def __init__(self, kind: Kind, *, now: Clock, notify: Callable[[bool], None]) -> None:
        self.kind = kind
        self._now, self._notify = now, notify
        self._pool = ThreadPoolExecutor(kind.calls_at_once, thread_name_prefix=f"{kind.name} call")
        self._results: queue.SimpleQueue[CallResult] = queue.SimpleQueue()
        self._under_way: dict[str, Claim] = {}
        self._count = 0

    @property
    def capacity(self) -> int:
        """How many more subjects may be taken now."""
        return max(0, self.kind.calls_at_once - self._count) * self.kind.per_call

    @property
    def claims(self) -> Iterable[Claim]:
        """Under way."""
        return tuple(self._under_way.values())

    def begin(self, claims: Sequence[Claim], *, client: LivePersonClient, is_probe: bool = False) -> None:
        """Ask for these, in as few calls as LivePerson allows.

        A claim that lapsed in mid-call, and was taken again by us, waits for the call that is under way.
        """
        fresh = [claim for claim in claims if claim.name not in self._under_way]
        self._under_way.update((claim.name, claim) for claim in claims)
        for start in range(0, len(fresh), self.kind.per_call):
            self._count += 1
            self._pool.submit(self._fetch, fresh[start : start + self.kind.per_call], client, is_probe)

    def collect(self) -> list[CallResult]:
        """What has come back since."""
        call_results: list[CallResult] = []
        while True:
            try:
                call_result = self._results.get_nowait()
            except queue.Empty:
                return call_results
            self._count -= call_result.is_over
            fetched = tuple((self._under_way.pop(claim.name, claim), result) for claim, result in call_result.fetched)
            for claim in call_result.lapsing:
                self._under_way.pop(claim.name, None)
            call_results.append(replace(call_result, fetched=fetched))

    def close(self) -> None:
        """Begin no more; what is under way ends in its own time."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _fetch(self, claims: Sequence[Claim], client: LivePersonClient, is_probe: bool) -> None:
        """What one call says of several subjects is handed on one by one: some take further calls, and others wait."""
        hand_on = partial(self._hand_on, is_probe=is_probe, asked_ms=self._now())
        left = {claim.name: claim for claim in claims}
        try:
            for claim, result in self.kind.fetch(claims, client=client, now=self._now):
                del left[claim.name]
                hand_on([(claim, result)], is_over=not left)
        except MemoryUnavailable:
            # What workers share was out of reach: nothing is known of LivePerson, and what is left lapses.
            if left:
                hand_on([], is_over=True, lapsing=tuple(left.values()))
            return
        except Exception as fault:
            # A fault of ours: named without its words, which may hold an answer's, and shown as an answer we cannot
            # read, so that one odd visit stops no other.
            log.error("a refresh failed by a fault of ours: %s at %s", type(fault).__name__, _location_of(fault))
            count("refresh_faults", kind=type(fault).__name__)
        if left:
            unread = UnreadableResponse(operation="refresh", service=self.kind.service)
            hand_on([(claim, unread) for claim in left.values()], is_over=True)

    def _hand_on(
        self,
        fetched: Sequence[Fetched],
        *,
        is_probe: bool,
        asked_ms: int,
        is_over: bool,
        lapsing: tuple[Claim, ...] = (),
    ) -> None:
        self._results.put(
            CallResult(
                fetched=tuple(fetched),
                is_probe=is_probe,
                asked_ms=asked_ms,
                now_ms=self._now(),
                is_over=is_over,
                lapsing=lapsing,
            )
        )
        self._notify(any(claim.status is None or claim.status.asked_ms is None for claim, _ in fetched))


def _location_of(fault: Exception) -> str:
    """Module and line where it was raised."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "an unknown place"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
