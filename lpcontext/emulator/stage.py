"""What every door of the stand-in shares, and one request understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .choices import Choices
from .faults import FaultBoard
from .log import RequestLog
from .messages import Request
from .sites import Site


@dataclass(slots=True, kw_only=True)
class Stage:
    """Accounts by id, the faults in force, the log of requests, and a clock in seconds since 1970."""

    sites: dict[str, Site]
    clock: Callable[[], float]
    choices: Choices = field(default_factory=Choices)
    faults: FaultBoard = field(default_factory=FaultBoard)
    log: RequestLog = field(default_factory=RequestLog)

    def now_ms(self) -> int:
        return int(self.clock() * 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request to LivePerson, understood: what it wants (`kind`), of which service, and the names in its path.

    `site` is None where the account is unknown.
    """

    request: Request
    kind: str
    service: str
    names: Mapping[str, str]
    site: Site | None
    choices: Choices
    now_ms: int

    @property
    def account_id(self) -> str:
        return self.names["account"]

    @property
    def visitor_id(self) -> str | None:
        return self.names.get("visitor")

    @property
    def chat_ids(self) -> tuple[str, ...]:
        """The chats this is about: the one in the path, or those in the query of the call for several."""
        if "chat" in self.names:
            return (self.names["chat"],)
        keys = self.request.parameter("chatSessionKeys") if self.kind == "chats" else None
        return tuple(key for key in (keys or "").split(",") if key)

    def document(self) -> Any:
        """The body as JSON, None where it is none."""
        try:
            return self.request.document()
        except ValueError:
            return None
