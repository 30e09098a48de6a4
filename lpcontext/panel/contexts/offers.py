"""Engagements: what the visitor was offered, in which form, and what came of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import msgspec
from django.utils.safestring import SafeString

from lpcontext.panel.contexts.facts import join_words
from lpcontext.panel.moments import tell_clock
from lpcontext.panel.veil import Veil
from lpcontext.visits import (
    Engagement,
    Page,
    format_control_group,
    format_conversation_type,
    format_engagement_channel,
    format_engagement_state,
    format_engagement_type,
)

_SHOWN = 12


class OfferMoment(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Engagements of one form on a page: shown (when, nobody tells), or accepted."""

    text: str
    at_ms: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Offer:
    """`id` counts from the first."""

    id: str
    title: str
    told: str
    accepted: bool
    outcome: str
    when: SafeString
    page: str | None
    skill: str | None
    numbers: str | None


@dataclass(frozen=True, slots=True)
class Offers:
    template: ClassVar = "panel/_engagements.html"

    summary: str
    offers: tuple[Offer, ...]
    more: str

    @classmethod
    def of(cls, engagements: tuple[Engagement, ...], titles: tuple[tuple[str, str], ...], veil: Veil) -> Offers | None:
        """`titles` names the pages the engagements stand on."""
        if not engagements:
            return None
        accepted = sum(bool(engagement.acceptances) for engagement in engagements)
        hidden = len(engagements) - _SHOWN
        newest = list(enumerate(engagements))[: -_SHOWN - 1 : -1]
        pages = dict(titles)
        return cls(
            summary=f"{len(engagements):,} shown, {accepted:,} accepted" if accepted else f"{len(engagements):,} shown",
            offers=tuple(_tell_offer(place, told, pages, veil) for place, told in newest),
            more=f"and {hidden:,} earlier not shown" if hidden > 0 else "",
        )


def find_moments(engagements: tuple[Engagement, ...]) -> Mapping[str, tuple[OfferMoment, ...]]:
    """What to tell of the engagements on each page, by page id."""
    moments: defaultdict[str, Counter[tuple[str, int | None]]] = defaultdict(Counter)
    for engagement in engagements:
        form = _tell_form(engagement)
        if engagement.page_id:
            moments[engagement.page_id][f"Offer shown: {form}", None] += 1
        for acceptance in engagement.acceptances:
            page_id = acceptance.page_id or engagement.page_id
            if page_id:
                moments[page_id][f"Offer accepted: {form}", acceptance.at_ms] += 1
    return {
        page_id: tuple(OfferMoment(text, at_ms, count) for (text, at_ms), count in told.items())
        for page_id, told in moments.items()
    }


def name_pages(engagements: tuple[Engagement, ...], pages: tuple[Page, ...]) -> tuple[tuple[str, str], ...]:
    """Id and title of the pages that the engagements stand on."""
    wanted = {engagement.page_id for engagement in engagements}
    wanted.update(acceptance.page_id for engagement in engagements for acceptance in engagement.acceptances)
    return tuple((page.id, page.title) for page in pages if page.id and page.title and page.id in wanted)


def _tell_form(engagement: Engagement) -> str:
    form, conversation = format_engagement_type(engagement.type), format_conversation_type(engagement.conversation_type)
    return join_words(form, conversation) or "offer"


def _tell_offer(place: int, engagement: Engagement, pages: Mapping[str, str], veil: Veil) -> Offer:
    latest = engagement.acceptances[-1] if engagement.acceptances else None
    page_id = (latest.page_id if latest else None) or engagement.page_id
    page = pages.get(page_id) if page_id else None
    return Offer(
        id=f"{place}",
        title=format_engagement_type(engagement.type) or "Offer",
        told=_tell_way(engagement) or "",
        accepted=latest is not None,
        outcome="accepted" if latest else "shown, not accepted",
        when=tell_clock(latest.at_ms if latest else None),
        page=veil.text(page),
        skill=engagement.skill.name or engagement.skill.id if engagement.skill else None,
        numbers=_tell_numbers(engagement),
    )


def _tell_way(engagement: Engagement) -> str | None:
    group = format_control_group(engagement.control_group)
    return join_words(
        format_engagement_channel(engagement.channel),
        format_conversation_type(engagement.conversation_type),
        format_engagement_state(engagement.state),
        "off site" if engagement.offsite else None,
        group,
    )


def _tell_numbers(engagement: Engagement) -> str | None:
    """Campaign, goal and engagement have no names in the answer, only ids."""
    return join_words(
        f"campaign {engagement.campaign_id}" if engagement.campaign_id else None,
        f"goal {engagement.goal_id}" if engagement.goal_id else None,
        f"engagement {engagement.engagement_id}" if engagement.engagement_id else None,
    )
