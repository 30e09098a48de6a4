"""Events that name no page we know of."""

from __future__ import annotations

from dataclasses import dataclass

from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.rows.event_row import EventRow, build_event_rows, describe_hidden_events
from lpcontext.visits import PageView


@dataclass(frozen=True, slots=True)
class EventsContext:
    rows: list[EventRow]
    more: str


def select_events(content: PanelContent) -> PageView | None:
    return next((view for view in content.journey.page_views if view.page is None), None)


def build_events(view: PageView, masker: Masker) -> EventsContext:
    rows = build_event_rows(view.events, prefix="s", opened_at_ms=None, masker=masker)
    return EventsContext(rows, describe_hidden_events(view.hidden_events))
