"""Visits under load: how they are called, and the bodies LivePerson answers for them, ready but for what changes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from tests.bench.subjects import PAGE_MS, make_state

ACCOUNT = "71820394"
# The naive view asks for the same visits under an account of its own, so that each one's questions can be counted.
NAIVE_ACCOUNT = "71820395"
CREDENTIALS = {
    "kind": "oauth1",
    "app_key": "a" * 32,
    "secret": "b" * 32,
    "access_token": "c" * 32,
    "access_token_secret": "d" * 32,
}
PAGES, EVENTS = 8, 12
# One answer in so many tells a new event; in all of them the time on the current page ticks.
CHANGES_EVERY = 10

_NUMBER, _SESSION, _STAY, _MORE = "@number@", "@session@", "@stay@", "@more@"


def visitor_of(number: int) -> str:
    """22 characters, as LivePerson's are."""
    return f"benchvisitor{number:010}"


def session_of(number: int) -> str:
    return f"benchsession{number:010}"


def number_of(visitor_id: str) -> int:
    """Raises ValueError for a visitor of somebody else."""
    return int(visitor_id.removeprefix("benchvisitor"))


@dataclass(frozen=True, slots=True)
class Body:
    """One visit's body in three pieces: what comes between them changes. `page_since_ms` is epoch ms."""

    to_stay: bytes
    to_more: bytes
    rest: bytes
    page_since_ms: int

    def write(self, *, changes: int, now_ms: int) -> bytes:
        stay = b"%d" % max(0, now_ms - self.page_since_ms)
        return b"".join((self.to_stay, stay, self.to_more, more_events(changes, self.page_since_ms), self.rest))


def make_template(*, started_ms: int) -> str:
    """A visit that began at `started_ms` (epoch ms), with marks where visits differ or change."""
    state = make_state(_NUMBER, pages=PAGES, events=EVENTS, started_ms=started_ms)
    session = state["appSessions"][0]
    state["id"] = session["id"] = f"{_SESSION}.{'c524460e' * 5}"
    session["pages"][-1]["timeOnPage"] = _STAY
    session["events"].append(_MORE)
    text = json.dumps(state, separators=(",", ":"))
    return text.replace(f'"{_STAY}"', _STAY).replace(f',"{_MORE}"', _MORE)


def make_body(template: str, number: int, *, started_ms: int) -> Body:
    text = template.replace(_NUMBER, str(number)).replace(_SESSION, session_of(number))
    to_stay, _, text = text.partition(_STAY)
    to_more, _, rest = text.partition(_MORE)
    return Body(to_stay.encode(), to_more.encode(), rest.encode(), started_ms + (PAGES - 1) * PAGE_MS)


@lru_cache(maxsize=1024)
def more_events(count: int, since_ms: int) -> bytes:
    """So many leads on the current page, each with a comma before it."""
    return b"".join(
        b',{"lead":{"serverTimeStamp":%d,"contexts":{"page":{"id":"%d"}},"lead":{"topic":"lead %d","value":%d}}}'
        % (since_ms + 1000 * i, 1000 + PAGES - 1, i, i)
        for i in range(1, count + 1)
    )
