"""One look at a subject, whatever it is: a visit, or a chat and the visit behind it."""

from __future__ import annotations

import hashlib
import math
from typing import NamedTuple, TypeAlias

from lpcontext.refresh.asking import is_overdue, look_at, watch_ms
from lpcontext.refresh.chat_asking import look_at_chat
from lpcontext.refresh.schedule import next_tick_ms, stale_at, state_at
from lpcontext.snapshots import Vitals, find_held_chat, name_of, name_of_chat, watch
from lpcontext.subjects import ChatKey, VisitKey

Subject: TypeAlias = VisitKey | ChatKey


class Look(NamedTuple):
    """What is known of a subject, without anything personal. `visit` is None for a chat that has led to none yet."""

    name: str
    chat: Vitals | None
    visit: Vitals | None
    visit_name: str = ""

    @property
    def version(self) -> str:
        """Names what would be drawn."""
        if self.chat is None:
            return self.visit.version if self.visit else ""
        told = f"{self.chat.version}|{self.visit.version if self.visit else ''}"
        return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()

    def leading(self) -> Vitals:
        """Whose state the strip tells: the chat's while it goes on, then its visit's. Each part says its own.

        Raises ValueError for a look at neither.
        """
        if self.visit is not None and (self.chat is None or self.chat.due_ms is None):
            return self.visit
        if self.chat is None:
            raise ValueError("a look is at a visit or at a chat")
        return self.chat

    def state_at(self, *, now_ms: int) -> str:
        return state_at(self.leading(), now_ms=now_ms)

    def next_tick_ms(self, *, now_ms: int) -> int | None:
        """The sooner of the two; None when both are over."""
        pauses = [next_tick_ms(vitals, now_ms=now_ms) for vitals in (self.chat, self.visit) if vitals]
        return min((pause for pause in pauses if pause is not None), default=None)

    def changes_at_ms(self, *, now_ms: int) -> float:
        """Until when this look is as good as a new one: no answer is due, no word goes stale. Epoch ms."""
        parts = [vitals for vitals in (self.chat, self.visit) if vitals]
        due = [vitals.due_ms for vitals in parts if vitals.due_ms is not None]
        stale = [moment for vitals in parts if (moment := stale_at(vitals)) is not None and moment > now_ms]
        return min(due + stale, default=math.inf)


def name_of_subject(subject: Subject) -> str:
    return name_of(subject) if isinstance(subject, VisitKey) else name_of_chat(subject)


def look_at_subject(subject: Subject, *, now_ms: int, hurry: bool = False) -> Look:
    """Somebody looks: keep the subject young. Raises MemoryUnavailable."""
    if isinstance(subject, VisitKey):
        name = name_of(subject)
        return Look(name, None, look_at(subject, now_ms=now_ms, hurry=hurry), name)
    chat, visit_name = look_at_chat(subject, now_ms=now_ms, hurry=hurry)
    name = name_of_chat(subject)
    return Look(name, chat, _look_at_visit_of(name, visit_name, now_ms=now_ms, hurry=hurry), visit_name)


def _look_at_visit_of(name: str, visit_name: str, *, now_ms: int, hurry: bool) -> Vitals | None:
    """A tick knows the visit by its name alone, which tells nothing; only to ask for it is the chat opened."""
    if not visit_name:
        return None
    vitals = watch(visit_name, now_ms=now_ms, watch_ms=watch_ms())
    if vitals is not None and not hurry and not is_overdue(vitals, now_ms=now_ms):
        return vitals
    held = (find_held_chat(name) or (None, None))[1]
    if held is None or held.visit is None:
        return vitals
    return look_at(held.visit, now_ms=now_ms, hurry=hurry)
