"""The pages of a visit (contract 4.9)."""

from __future__ import annotations

from lpcontext.reading import SHORT_TEXT_LIMIT, Reader
from lpcontext.visits.model import Page
from lpcontext.visits.parsing.ordering import sort_by_time

LONGEST_STAY_MS = 86_400_000
"""A day: LivePerson forgets a visit after six hours."""


def read_pages(session: Reader) -> tuple[Page, ...]:
    pages = [_read_page(page) for page in session.children("pages")]
    return sort_by_time(pages, [page.started_at_ms for page in pages])


def _read_page(page: Reader) -> Page:
    """A page view. Half its fields come twice, and only `pageBasic.url` has a scheme."""
    basic = page.child("pageBasic") or page
    return Page(
        id=page.text("id"),
        url=basic.text("url", limit=SHORT_TEXT_LIMIT) or page.text("url", limit=SHORT_TEXT_LIMIT),
        title=page.text("pageTitle", limit=SHORT_TEXT_LIMIT) or basic.text("title", limit=SHORT_TEXT_LIMIT),
        referrer=page.text("referrer", limit=SHORT_TEXT_LIMIT) or basic.text("referrer", limit=SHORT_TEXT_LIMIT),
        started_at_ms=page.epoch_ms("startTime") or basic.epoch_ms("startTime"),
        stay_ms=page.between("timeOnPage", 0, LONGEST_STAY_MS),
        loaded=page.flag("pageLoaded"),
        sections=basic.texts("sections"),
        onsite_location_ids=page.ids("revActiveOSLs"),
    )
