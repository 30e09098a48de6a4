"""The pages of a visit as HTML: the visitor goes on at the newest end, the rest is rendered and kept in blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString

from lpcontext.masking import Masker
from lpcontext.panel.caching.render_cache import render_once
from lpcontext.panel.rows.page_offers import PageOffer
from lpcontext.panel.rows.page_row import NumberedPage, build_page_row
from lpcontext.panel.templating import join_markup, render_template
from lpcontext.visits import PageView

_BLOCK = 8
_NEWEST = 4  # so many at least are rendered one by one: late words come about the page before


def number_pages(
    views: Sequence[PageView], offers: Mapping[str, tuple[PageOffer, ...]], *, hidden: int, place: str
) -> list[NumberedPage]:
    """The pages, newest first, with what was offered on each. `hidden` is how many older ones are left out."""
    newest = hidden + len(views)
    return [
        NumberedPage(view, newest - rank, _find_offers(view, offers), "" if rank else place)
        for rank, view in enumerate(views)
    ]


def render_page_rows(pages: Sequence[NumberedPage], masker: Masker) -> SafeString:
    total = pages[0].number if pages else 0
    newest = _NEWEST + total % _BLOCK  # so that blocks stay the same while newer pages come
    blocks = [pages[at : at + 1] for at in range(min(newest, len(pages)))]
    blocks += [pages[at : at + _BLOCK] for at in range(newest, len(pages), _BLOCK)]
    return join_markup(_render_block(block, masker) for block in blocks)


def _render_block(block: Sequence[NumberedPage], masker: Masker) -> SafeString:
    def render() -> SafeString:
        return render_template("panel/_page_rows.html", rows=[build_page_row(page, masker) for page in block])

    return render_once(masker.digest, "pages", block, render=render)


def _find_offers(view: PageView, offers: Mapping[str, tuple[PageOffer, ...]]) -> tuple[PageOffer, ...]:
    return offers.get(view.page.id, ()) if view.page and view.page.id else ()
