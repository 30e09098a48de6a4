"""Engagements where they were offered: what each page's row says of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import msgspec

from lpcontext.panel.wording.phrases import join_words
from lpcontext.visits import Engagement, format_conversation_type, format_engagement_type


class PageOffer(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Engagements of one form on a page: shown (nobody knows when), or accepted."""

    text: str
    at_ms: int | None = None
    count: int = 1


def find_page_offers(engagements: tuple[Engagement, ...]) -> Mapping[str, tuple[PageOffer, ...]]:
    """What to say of the engagements on each page, by page id."""
    offers: defaultdict[str, Counter[tuple[str, int | None]]] = defaultdict(Counter)
    for engagement in engagements:
        form = _describe_form(engagement)
        if engagement.page_id:
            offers[engagement.page_id][f"Offer shown: {form}", None] += 1
        for acceptance in engagement.acceptances:
            page_id = acceptance.page_id or engagement.page_id
            if page_id:
                offers[page_id][f"Offer accepted: {form}", acceptance.at_ms] += 1
    return {
        page_id: tuple(PageOffer(text, at_ms, count) for (text, at_ms), count in counted.items())
        for page_id, counted in offers.items()
    }


def _describe_form(engagement: Engagement) -> str:
    form, conversation = format_engagement_type(engagement.type), format_conversation_type(engagement.conversation_type)
    return join_words(form, conversation) or "offer"
