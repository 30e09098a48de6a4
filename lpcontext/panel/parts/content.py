"""What is known of the subject of a panel, as its parts select from it."""

from __future__ import annotations

from functools import cached_property

from lpcontext.panel.wording.presence import Presence
from lpcontext.snapshots import ChatSnapshot, VisitSnapshot
from lpcontext.subjects import State
from lpcontext.visits import Attention, Journey, Page, Visit, build_journey, find_attention, find_current_page


class PanelContent:
    """A visit, a chat, or both; what several parts ask of a visit is found once."""

    def __init__(self, snapshot: VisitSnapshot | None, chat: ChatSnapshot | None) -> None:
        self.snapshot, self.chat = snapshot, chat
        self.visit: Visit | None = snapshot.visit if snapshot else None

    @property
    def is_empty(self) -> bool:
        """Is there nothing to show yet? A chat's trouble is shown beside its visit, and a visit's beside its chat."""
        if self.chat is None:
            return self.visit is None
        return self.snapshot is None and self.chat.chat is None

    @cached_property
    def page(self) -> Page | None:
        return find_current_page(self.visit) if self.visit else None

    @cached_property
    def attention(self) -> tuple[Attention, ...]:
        return find_attention(self.visit) if self.visit else ()

    @cached_property
    def journey(self) -> Journey:
        return build_journey(self.visit or Visit())

    @cached_property
    def presence(self) -> Presence:
        snapshot = self.snapshot
        if snapshot is None:
            return Presence("held")
        if snapshot.state == State.ENDED:
            return Presence("gone", snapshot.ended_at_ms)
        if snapshot.state != State.LIVE:
            return Presence("held", snapshot.as_of_ms)
        return Presence("here") if snapshot.present else Presence("quiet", snapshot.active_at_ms)
