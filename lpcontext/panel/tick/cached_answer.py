"""What the panels of a subject are answered while nothing changes: made once a change, not once a tick."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import NamedTuple

from lpcontext.panel.tick.responses import EMPTY_HEADERS, Headers
from lpcontext.refresh import SubjectView, TickPace
from lpcontext.subjects import now_ms

_CLOCKS_AGREE_MS = 1000


class CachedAnswer(NamedTuple):
    """A view, ready to be sent. Times are epoch ms by Redis' clock."""

    view: SubjectView
    made_ms: int
    good_until_ms: float
    version: str
    headers: Headers
    needs_date: bool  # Redis' clock and ours differ, and the page reckons ages by what our answers say the time is
    pace: TickPace | None
    unchanged_query: str  # of a usual panel that has seen this version

    def is_good_at(self, at_ms: int) -> bool:
        """Not for a moment before it was made either: then Redis' clock was set back, and what looked fresh is not."""
        return self.made_ms - _CLOCKS_AGREE_MS <= at_ms < self.good_until_ms


def build_answer(view: SubjectView, at_ms: int) -> CachedAnswer:
    headers = [*EMPTY_HEADERS, ("X-LPContext-State", view.state_at(now_ms=at_ms).value)]
    as_of_ms = view.leading().as_of_ms
    if as_of_ms is not None:
        headers.append(("X-LPContext-As-Of", format_as_of(as_of_ms)))
    return CachedAnswer(
        view=view,
        made_ms=at_ms,
        good_until_ms=view.good_until_ms(now_ms=at_ms),
        version=view.version,
        headers=headers,
        needs_date=abs(at_ms - now_ms()) > _CLOCKS_AGREE_MS,
        pace=view.pace(),
        unchanged_query=f"seen={view.version}",
    )


def build_freshness_headers(answer: CachedAnswer, at_ms: int, *, in_a_hurry: bool) -> Headers:
    """State, as of and next tick; a list of its own, or the answer's own where nothing is to be added."""
    headers = answer.headers
    if answer.needs_date:
        headers = [*headers, ("Date", format_datetime(datetime.fromtimestamp(at_ms / 1000, UTC), usegmt=True))]
    if answer.pace is not None and not in_a_hurry:
        return [*headers, ("X-LPContext-Next", str(answer.pace.pause_ms(at_ms)))]
    next_ms = answer.view.next_tick_ms(now_ms=at_ms, in_a_hurry=in_a_hurry)
    return headers if next_ms is None else [*headers, ("X-LPContext-Next", str(next_ms))]


def format_as_of(as_of_ms: int) -> str:
    """Epoch ms as ISO 8601 in UTC."""
    return datetime.fromtimestamp(as_of_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
