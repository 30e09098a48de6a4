"""Why a chat has no visit beside it, under the only name there is: the one told in the chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lpcontext.panel.contexts.chat_names import cover, find_name
from lpcontext.panel.veil import Veil
from lpcontext.snapshots import ChatSnapshot


@dataclass(frozen=True, slots=True)
class NoVisit:
    template: ClassVar = "panel/_chat_no_visit.html"

    name: str | None
    sentence: str

    @classmethod
    def of(cls, told: ChatSnapshot, veil: Veil) -> NoVisit:
        name = find_name(told.chat.visitor_name) if told.chat else None
        return cls(name=cover(name, veil) if name else None, sentence=_tell_why(told))


def _tell_why(told: ChatSnapshot) -> str:
    if told.unmonitored:
        return "This chat was started without monitoring: LivePerson tells no visit for it."
    return "The visit is being asked for."
