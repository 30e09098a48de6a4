"""The pages of a visit (contract 4.9)."""

from __future__ import annotations

from lpcontext.reading import LINE_LIMIT, Reader
from lpcontext.visits.model import Page
from lpcontext.visits.parsing.ordering import sort_by_time

LONGEST_STAY_MS = 86_400_000
"""A day: LivePerson forgets a visit after six hours."""


def read_pages(session: Reader) -> tuple[Page, ...]:
    pages = [_read_page(page) for page in session.parts("pages")]
    return sort_by_time(pages, [page.started_at_ms for page in pages])


def _read_page(page: Reader) -> Page:
    """A page view. Half its fields come twice, and only `pageBasic.url` has a scheme."""
    basic = page.part("pageBasic") or page
    return Page(
        id=page.text("id"),
        url=basic.text("url", limit=LINE_LIMIT) or page.text("url", limit=LINE_LIMIT),
        title=page.text("pageTitle", limit=LINE_LIMIT) or basic.text("title", limit=LINE_LIMIT),
        referrer=page.text("referrer", limit=LINE_LIMIT) or basic.text("referrer", limit=LINE_LIMIT),
        started_at_ms=page.moment("startTime") or basic.moment("startTime"),
        stay_ms=page.between("timeOnPage", 0, LONGEST_STAY_MS),
        loaded=page.flag("pageLoaded"),
        sections=basic.texts("sections"),
        onsite_location_ids=page.ids("revActiveOSLs"),
    )
