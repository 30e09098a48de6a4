"""One monitored session, and the world whose story it goes through: what that has done so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType
from typing import Any, Literal

from .caller import Caller
from .clocked_story import ClockedStory
from .ids import make_page_id
from .merging import Attributes
from .rng import seed_rng

Document = dict[str, Any]
Script = Callable[["Visit", Random], Iterator[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One story and what never changes in it.

    `setting` holds device, place and the like in Visit Information's spelling. `minutes_before` is how long the story
    has been going on when the emulator starts. `fixed` replaces the whole body, `distort` spoils it.
    """

    name: str
    summary: str
    script: Script
    setting: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    locations: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    minutes_before: float = 4.0
    newer: bool = False
    absent: Literal["missing", "null"] = "missing"
    pages_kept: int = 80
    events_kept: int = 160
    fixed: Callable[[], Document] | None = None
    distort: Callable[[Document], Document] | None = None
    caller: Caller | None = None
    ids: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A visit's body, around the one number that changes by itself: the time on the newest page, since `since_ms`.

    Nothing changes by itself where `since_ms` is None.
    """

    changes: int
    before: bytes
    after: bytes = b""
    since_ms: int | None = None


class Visit(ClockedStory):
    """A session and its story. Times are epoch milliseconds. Not safe for threads by itself.

    `changes` counts what happened; `encoded` is the body as it was written after so many changes.
    """

    def __init__(self, *, world: World, visitor_id: str, session_id: str, began_ms: int, seed: str) -> None:
        super().__init__(began_ms=began_ms)
        self.world = world
        self.visitor_id = visitor_id
        self.session_id = session_id
        self.was_read = False
        self.changes = 0
        self.encoded: Encoded | None = None
        self.pages: list[Document] = []
        self.events: list[Document] = []
        self.engagements: list[Document] = []
        self.attributes = Attributes(newer=world.newer)
        self.rng = seed_rng(f"{seed}:{world.name}:{session_id}")
        self._story = world.script(self, self.rng)

    def open_page(
        self, url: str, title: str, *, sections: list[str] | None = None, at_ms: int | None = None, **odd: Any
    ) -> str:
        """The visitor opens a page; `odd` replaces fields of the page. Returns the page id."""
        started_ms = self.moment_ms if at_ms is None else at_ms
        page_id = make_page_id(self.rng)
        referrer = self.pages[-1]["pageBasic"]["url"] if self.pages else None
        basic = {"url": url, "startTime": started_ms, "referrer": referrer, "title": title, "sections": sections}
        page = {
            "referrer": referrer,
            "pageBasic": basic,
            "pageTitle": title,
            "revActiveOSLs": dict(self.world.locations),
            "startTime": started_ms,
            "id": page_id,
            "pageLoaded": True,
            "url": url.partition("://")[2] or url,
        }
        self.pages = [*self.pages, page | odd][-self.world.pages_kept :]
        self.changes += 1
        return page_id

    def report(self, attribute: Document, *, at_ms: int | None = None) -> None:
        """The page sends an engagement attribute in its input form (5.1). Raises UnusableAttribute."""
        event = self.attributes.take(attribute)
        if event is not None:
            self.add_event(event, at_ms=at_ms)

    def add_event(self, event: Document, *, at_ms: int | None = None) -> None:
        """Something happened on the current page; `event` has the wrapper's name as its only key."""
        stamp: Document = {"serverTimeStamp": self.moment_ms if at_ms is None else at_ms}
        if self.pages:
            stamp["contexts"] = {"page": {"id": self.pages[-1]["id"]}}
        dated = {kind: stamp | dict(inner) for kind, inner in event.items()}
        self.events = [*self.events, dated][-self.world.events_kept :]
        self.changes += 1

    def offer(self, engagement: Document) -> str:
        """An engagement is shown on the current page. Returns its context id."""
        context_id = str(len(self.engagements) + 1)
        page_id = self.pages[-1]["id"] if self.pages else None
        self.engagements.append({"engagement": engagement | {"pageId": page_id}, "id": context_id})
        self.changes += 1
        return context_id

    def accept(self, context_id: str, *, at_ms: int | None = None) -> bool:
        """The visitor clicks an engagement. False where there is none of that id."""
        clicked = next((each for each in self.engagements if each["id"] == context_id), None)
        if clicked is None or not self.pages:
            return False
        activity = {"activityTime": self.moment_ms if at_ms is None else at_ms, "pageId": self.pages[-1]["id"]}
        clicked["impressionAccepted"] = [*clicked.get("impressionAccepted", []), activity]
        self.changes += 1
        return True
