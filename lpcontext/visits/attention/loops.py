"""The same page again and again: somebody is looking for something, or something does not work."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lpcontext.visits.attention.model import Attention
from lpcontext.visits.links import format_host_and_path
from lpcontext.visits.model import Page, Visit

_OFTEN = 3


def find_loops(visit: Visit) -> Iterator[Attention]:
    """Addresses opened three times or more, to the letter: another query or fragment may be another page."""
    views: dict[str, list[int]] = {}
    for place, page in enumerate(visit.pages):
        if page.url is not None:
            views.setdefault(page.url, []).append(place)
    for places in views.values():
        if len(places) >= _OFTEN:
            in_a_row = _compute_longest_run(places)
            latest = visit.pages[places[-1]]
            yield Attention(
                kind="loop",
                severity="warn",
                title=f"Same page opened {len(places)} times",
                detail=f"{in_a_row} times in a row" if in_a_row >= _OFTEN else None,
                count=len(places),
                at_ms=latest.started_at_ms,
                page_title=_format_name(latest),
            )


def _compute_longest_run(places: list[int]) -> int:
    """How many of these rising places follow each other directly, at most."""
    longest = run = 1
    for before, place in pairwise(places):
        run = run + 1 if place == before + 1 else 1
        longest = max(longest, run)
    return longest


def _format_name(page: Page) -> str:
    return page.title or "".join(format_host_and_path(page.url or ""))
