"""What can go wrong with LivePerson, switchable while everything runs.

A fault wraps the honest answer: it replaces it, spoils it, or delays it. Several in force wrap each other.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .call import Call
    from .messages import Response

Proceed = Callable[["Call"], "Response"]
Effect = Callable[["Fault", "Call", Proceed], "Response"]


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One way to fail. What it is for (`service`, `kinds`), how often (`count`; None: until cleared) and for how long
    (`seconds`), unless its options say otherwise.
    """

    name: str
    summary: str
    effect: Effect
    service: str = "smt"
    kinds: tuple[str, ...] = ()
    count: int | None = None
    seconds: float = 3.0


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault in force. None in `account`, `visitor`, `chat` means any.

    `service` is smt, agentVep, msdkgw, domain or all; `kinds`, where there are some, narrow it to these calls of the
    log. A call for several chats is affected where it names the chat. `seconds` is how long an answer waits, or each
    piece of a dripping one, which goes on for `total` seconds. `same_visitor` is for `another-visit`.
    """

    id: int
    name: str
    account: str | None = None
    service: str = "smt"
    visitor: str | None = None
    chat: str | None = None
    count: int | None = None
    seconds: float = 3.0
    retry_after: float | None = None
    path: str | None = None
    value: Any = None
    total: float | None = None
    same_visitor: bool | None = None
    kinds: tuple[str, ...] = field(default=(), repr=False)

    def matches(self, call: Call) -> bool:
        return (
            self.count != 0
            and self.service in ("all", call.service)
            and self.account in (None, call.account_id)
            and self.visitor in (None, call.visitor_id)
            and self.chat in (None, *call.chat_ids)
            and (not self.kinds or call.kind in self.kinds)
        )

    def is_selected(self, fault_id: int | None, visitor: str | None, chat: str | None) -> bool:
        wanted = ((fault_id, self.id), (visitor, self.visitor), (chat, self.chat))
        return any(meant is not None and meant == own for meant, own in wanted)

    def describe(self) -> dict[str, Any]:
        fields = asdict(self)
        return {name: value for name, value in fields.items() if value is not None and name != "kinds"}


class UnknownFault(Exception):
    """There is no fault of that name, or it does not take that option."""


class ActiveFaults:
    """The faults in force, oldest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._faults: list[Fault] = []

    def add(self, kind: FaultKind, **options: Any) -> Fault:
        """Put a fault in force. Raises UnknownFault for an option it does not have."""
        service = CHAT_SERVICE if options.get("chat") else "all" if options.get("kinds") else kind.service
        defaults = {"service": service, "count": kind.count, "kinds": kind.kinds, "seconds": kind.seconds}
        try:
            fault = Fault(id=next(self._numbers), name=kind.name, **(defaults | options))
        except TypeError as problem:
            raise UnknownFault("option") from problem
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self, *, fault_id: int | None = None, visitor: str | None = None, chat: str | None = None) -> int:
        """Lift one fault, those of one visitor or chat, or all. Returns how many went."""
        everything = fault_id is None and visitor is None and chat is None
        with self._lock:
            kept = [fault for fault in self._faults if not (everything or fault.is_selected(fault_id, visitor, chat))]
            gone = len(self._faults) - len(kept)
            self._faults = kept
            return gone

    def active(self) -> tuple[Fault, ...]:
        with self._lock:
            return tuple(fault for fault in self._faults if fault.count != 0)

    def take(self, call: Call) -> tuple[Fault, ...]:
        """The faults for this request; each is counted down."""
        if not self._faults:
            return ()
        with self._lock:
            applied = tuple(fault for fault in self._faults if fault.matches(call))
            for fault in applied:
                if fault.count is not None:
                    fault.count -= 1
            self._faults = [fault for fault in self._faults if fault.count != 0]
            return applied


DOMAIN: Final = "domain"
LOGIN: Final = "agentVep"
CHAT_SERVICE: Final = "agentVep"
APP_SERVICE: Final = "msdkgw"
