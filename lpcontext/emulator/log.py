"""What was asked of the emulator: counted per kind, visitor and chat, so that a test can say "seven, not fifty"."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict, deque
from typing import Any, Final

KIND_ARRIVALS_KEPT: Final = 20_000
SUBJECT_ARRIVALS_KEPT: Final = 200_000

Name = tuple[str, ...]


class Arrivals:
    """When whom was asked for, in epoch milliseconds. Of all together the newest `kept` stay."""

    def __init__(self, *, kept: int) -> None:
        self._kept = kept
        self._moments: defaultdict[Name, deque[int]] = defaultdict(deque)
        self._order: deque[Name] = deque()

    def note(self, name: Name, moment_ms: int) -> None:
        self._moments[name].append(moment_ms)
        self._order.append(name)
        if len(self._order) > self._kept:
            self._forget_oldest()

    def all(self) -> dict[Name, list[int]]:
        """Who was asked for, and when."""
        return {name: list(moments) for name, moments in self._moments.items()}

    def _forget_oldest(self) -> None:
        name = self._order.popleft()
        moments = self._moments[name]
        moments.popleft()
        if not moments:
            del self._moments[name]


class RequestLog:
    """Arrivals in epoch milliseconds. Never holds a body, a query or a header, and never grows without bound."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._kinds: Counter[str] = Counter()
            self._statuses: Counter[tuple[str, int]] = Counter()
            self._kind_arrivals: defaultdict[str, deque[int]] = defaultdict(_keep)
            self._visitors = Arrivals(kept=SUBJECT_ARRIVALS_KEPT)
            self._chats = Arrivals(kept=SUBJECT_ARRIVALS_KEPT)

    def note(
        self, kind: str, *, arrived_ms: int, visitor_id: str | None = None, chat_ids: tuple[str, ...] = ()
    ) -> None:
        """Count an arrival, whatever will become of it."""
        with self._lock:
            self._kinds[kind] += 1
            self._kind_arrivals[kind].append(arrived_ms)
            for chat_id in chat_ids:
                self._chats.note((chat_id, kind), arrived_ms)
            if kind == "visit" and visitor_id is not None:
                self._visitors.note((visitor_id,), arrived_ms)

    def note_status(self, kind: str, status: int) -> None:
        """Count an answer."""
        with self._lock:
            self._statuses[(kind, status)] += 1

    def summary(self) -> dict[str, Any]:
        """`kinds` and `answers` with their counts, and arrivals in ms.

        `arrivals` are visit requests per visitor, `kindArrivals` all requests per kind, `chatArrivals` those about a
        chat, per chat and kind; a call for several chats is in each of them, and once in its kind. The counts are of
        all there ever were; of the arrivals the newest are kept.
        """
        with self._lock:
            chats: defaultdict[str, dict[str, list[int]]] = defaultdict(dict)
            for (chat_id, kind), moments in self._chats.all().items():
                chats[chat_id][kind] = moments
            return {
                "total": sum(self._kinds.values()),
                "kinds": dict(self._kinds),
                "answers": {f"{kind} {status}": count for (kind, status), count in self._statuses.items()},
                "arrivals": {visitor_id: moments for (visitor_id,), moments in self._visitors.all().items()},
                "kindArrivals": {kind: list(moments) for kind, moments in self._kind_arrivals.items()},
                "chatArrivals": chats,
            }


def _keep() -> deque[int]:
    return deque(maxlen=KIND_ARRIVALS_KEPT)
