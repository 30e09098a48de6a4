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

    `site` is None where the account is unknown. `session_id` is the query's `sid`. `chat_ids` are the chats it is
    about: the one in the path, or those in the query of the call for several; `from_first` has their events told from
    the first on, whatever the query says.
    """

    request: Request
    kind: str
    service: str
    names: Mapping[str, str]
    site: Site | None
    choices: Choices
    now_ms: int
    session_id: str = ""
    chat_ids: tuple[str, ...] = ()
    from_first: bool = False

    @property
    def account_id(self) -> str:
        return self.names["account"]

    @property
    def visitor_id(self) -> str | None:
        return self.names.get("visitor")

    def document(self) -> Any:
        """The body as JSON, None where it is none."""
        try:
            return self.request.document()
        except ValueError:
            return None
