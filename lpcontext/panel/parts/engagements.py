"""Engagements: what the visitor was offered, in which form, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.wording.phrases import join_words
from lpcontext.panel.wording.time_tags import format_clock
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


class EngagementsPieces(NamedTuple):
    """`titles` are id and title of the pages that the engagements stand on."""

    engagements: tuple[Engagement, ...]
    titles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """`id` counts from the first."""

    id: str
    title: str
    form: str
    accepted: bool
    outcome: str
    when: SafeString
    page: str | None
    skill: str | None
    numbers: str | None


@dataclass(frozen=True, slots=True)
class EngagementsContext:
    summary: str
    offers: tuple[Offer, ...]
    more: str


def select_engagements(content: PanelContent) -> EngagementsPieces | None:
    visit = content.visit
    if visit is None or not visit.engagements:
        return None
    return EngagementsPieces(visit.engagements, _list_page_titles(visit.engagements, visit.pages))


def build_engagements(pieces: EngagementsPieces, masker: Masker) -> EngagementsContext:
    engagements, titles = pieces.engagements, dict(pieces.titles)
    accepted = sum(bool(engagement.acceptances) for engagement in engagements)
    hidden = len(engagements) - _SHOWN
    newest = list(enumerate(engagements))[: -_SHOWN - 1 : -1]
    return EngagementsContext(
        summary=f"{len(engagements):,} shown, {accepted:,} accepted" if accepted else f"{len(engagements):,} shown",
        offers=tuple(_build_offer(place, engagement, titles, masker) for place, engagement in newest),
        more=f"and {hidden:,} earlier not shown" if hidden > 0 else "",
    )


def _list_page_titles(engagements: tuple[Engagement, ...], pages: tuple[Page, ...]) -> tuple[tuple[str, str], ...]:
    wanted = {engagement.page_id for engagement in engagements}
    wanted.update(acceptance.page_id for engagement in engagements for acceptance in engagement.acceptances)
    return tuple((page.id, page.title) for page in pages if page.id and page.title and page.id in wanted)


def _build_offer(place: int, engagement: Engagement, titles: Mapping[str, str], masker: Masker) -> Offer:
    latest = engagement.acceptances[-1] if engagement.acceptances else None
    page_id = (latest.page_id if latest else None) or engagement.page_id
    return Offer(
        id=f"{place}",
        title=format_engagement_type(engagement.type) or "Offer",
        form=_describe_form(engagement) or "",
        accepted=latest is not None,
        outcome="accepted" if latest else "shown, not accepted",
        when=format_clock(latest.at_ms if latest else None),
        page=masker.text(titles.get(page_id) if page_id else None),
        skill=engagement.skill.name or engagement.skill.id if engagement.skill else None,
        numbers=_format_ids(engagement),
    )


def _describe_form(engagement: Engagement) -> str | None:
    group = format_control_group(engagement.control_group)
    return join_words(
        format_engagement_channel(engagement.channel),
        format_conversation_type(engagement.conversation_type),
        format_engagement_state(engagement.state),
        "off site" if engagement.offsite else None,
        group,
    )


def _format_ids(engagement: Engagement) -> str | None:
    """Campaign, goal and engagement have no names in the answer, only ids."""
    return join_words(
        f"campaign {engagement.campaign_id}" if engagement.campaign_id else None,
        f"goal {engagement.goal_id}" if engagement.goal_id else None,
        f"engagement {engagement.engagement_id}" if engagement.engagement_id else None,
    )
