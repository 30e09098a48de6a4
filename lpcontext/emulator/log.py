"""What was asked of the stand-in: counted per kind, visitor and chat, so that a test can say "seven, not fifty"."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict, deque
from typing import Any, Final

ARRIVALS_KEPT: Final = 20_000

Arrivals = defaultdict[str, deque[int]]


class RequestLog:
    """Arrivals in epoch milliseconds. Never holds a body, a query or a header."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._kinds: Counter[str] = Counter()
            self._statuses: Counter[str] = Counter()
            self._kind_arrivals: Arrivals = defaultdict(_keep)
            self._visitors: Arrivals = defaultdict(_keep)
            self._chats: dict[str, Arrivals] = defaultdict(lambda: defaultdict(_keep))

    def note(
        self, kind: str, *, arrived_ms: int, visitor_id: str | None = None, chat_ids: tuple[str, ...] = ()
    ) -> None:
        """Count an arrival, whatever will become of it."""
        with self._lock:
            self._kinds[kind] += 1
            self._kind_arrivals[kind].append(arrived_ms)
            for chat_id in chat_ids:
                self._chats[chat_id][kind].append(arrived_ms)
            if kind == "visit" and visitor_id is not None:
                self._visitors[visitor_id].append(arrived_ms)

    def note_status(self, kind: str, status: int) -> None:
        """Count an answer."""
        with self._lock:
            self._statuses[f"{kind} {status}"] += 1

    def summary(self) -> dict[str, Any]:
        """`kinds` and `answers` with their counts, and arrivals in ms.

        `arrivals` are visit requests per visitor, `kindArrivals` all requests per kind, `chatArrivals` those about a
        chat, per chat and kind; a call for several chats is in each of them, and once in its kind.
        """
        with self._lock:
            return {
                "total": sum(self._kinds.values()),
                "kinds": dict(self._kinds),
                "answers": dict(self._statuses),
                "arrivals": _list(self._visitors),
                "kindArrivals": _list(self._kind_arrivals),
                "chatArrivals": {chat_id: _list(kinds) for chat_id, kinds in self._chats.items()},
            }


def _keep() -> deque[int]:
    return deque(maxlen=ARRIVALS_KEPT)


def _list(arrivals: Arrivals) -> dict[str, list[int]]:
    return {name: list(moments) for name, moments in arrivals.items()}
