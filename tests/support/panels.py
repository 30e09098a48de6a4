"""Panels that tick as browsers do, many at once, and what each was last answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self

import requests

from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import ChatSubject, VisitSubject
from tests.support.waiting import PATIENCE_SECONDS, wait_until

_AGAIN_SECONDS = 0.5  # after a tick that was not answered, as while a web server is away
_RESULTS_KEPT = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TickResult:
    """What one tick was answered. Times are epoch ms, `took` seconds; `as_of_ms` None: nothing is known."""

    state: str
    as_of_ms: int | None
    at_ms: int
    took: float


@dataclass(slots=True, kw_only=True)
class _Panel:
    subject: VisitSubject | ChatSubject
    token: str
    seen: str = ""
    due: float = 0.0
    results: list[TickResult] = field(default_factory=list)


class Panels:
    """A context: every subject's panel is open within it. One subject may have several.

    `url`: they tick there, where that is not the stack's own web server. `tokens`: theirs, where no page is opened.
    """

    def __init__(
        self,
        stack: RunningStack,
        subjects: Sequence[VisitSubject | ChatSubject],
        *,
        threads: int = 4,
        url: str = "",
        tokens: Sequence[str] = (),
    ) -> None:
        self._url = url or stack.url
        tokens = tokens or [stack.open_panel(subject).token for subject in subjects]
        self._panels = [_Panel(subject=s, token=t) for s, t in zip(subjects, tokens, strict=True)]
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._tick_all, args=[self._panels[number::threads]], daemon=True)
            for number in range(min(threads, len(self._panels)))
        ]
        self.bodies: list[str] = []

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)

    def last(self) -> list[TickResult]:
        """Of each panel that was answered."""
        return [panel.results[-1] for panel in self._panels if panel.results]

    def results_since(self, at_ms: int) -> list[TickResult]:
        return [result for panel in self._panels for result in panel.results if result.at_ms >= at_ms]

    def are_live(self, *, since_ms: int = 0) -> bool:
        """All of them, with an answer of LivePerson that came after `since_ms`."""
        last = self.last()
        fresh = [result for result in last if result.state == "live" and (result.as_of_ms or 0) > since_ms]
        return len(fresh) == len(self._panels)

    def wait_until(self, is_so: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS) -> None:
        wait_until(is_so, seconds=seconds, describe=self.describe)

    def wait_until_live(self, *, since_ms: int = 0, seconds: float = PATIENCE_SECONDS) -> None:
        self.wait_until(lambda: self.are_live(since_ms=since_ms), seconds=seconds)

    def wait_until_each_was_live(self) -> None:
        """Not all at one moment: a busy machine may be late for some of many while it is on time for others."""
        self.wait_until(lambda: all(any(result.state == "live" for result in panel.results) for panel in self._panels))

    def describe(self) -> str:
        now = now_ms()
        return ", ".join(
            f"{result.state} {'?' if result.as_of_ms is None else (now - result.as_of_ms) / 1000} s old"
            for result in self.last()
        )

    def _tick_all(self, panels: list[_Panel]) -> None:
        session = requests.Session()
        session.trust_env = False
        while not self._stop.is_set():
            panel = min(panels, key=lambda each: each.due)
            if self._stop.wait(max(0.0, panel.due - time.monotonic())):
                return
            try:
                pause = self._tick(session, panel)
            except requests.RequestException:
                pause = _AGAIN_SECONDS
            panel.due = time.monotonic() + pause

    def _tick(self, session: requests.Session, panel: _Panel) -> float:
        """Seconds until the next. Raises RequestException."""
        begun = time.monotonic()
        answer = session.get(
            f"{self._url}/panel/body?seen={panel.seen}",
            headers={"X-LPContext-Panel": panel.token},
            timeout=PATIENCE_SECONDS,
        )
        took = time.monotonic() - begun
        if answer.status_code == 200 and 'data-version="' in answer.text:
            panel.seen = answer.text.split('data-version="')[1].split('"')[0]
            self.bodies.append(answer.text)
        as_of = answer.headers.get("X-LPContext-As-Of")
        as_of_ms = int(datetime.fromisoformat(as_of).timestamp() * 1000) if as_of else None
        state = answer.headers.get("X-LPContext-State", f"status {answer.status_code}")
        panel.results.append(TickResult(state=state, as_of_ms=as_of_ms, at_ms=now_ms(), took=took))
        del panel.results[:-_RESULTS_KEPT]
        return int(answer.headers.get("X-LPContext-Next", 3_600_000)) / 1000


def now_ms() -> int:
    return time.time_ns() // 1_000_000
