"""Offers that were not taken up, and visitors who were deliberately shown none.

LivePerson's response has no refusal: it has the offer and, if the visitor clicked it, the click. So an offer counts as
unanswered only when all of this holds: it is one that steps up to the visitor (an overlay, toaster or slide-out; a
button that is always there asks nobody), somebody was there to talk, the visitor has gone on to another page, and no
offer of this visit was clicked.
"""

from __future__ import annotations

from collections.abc import Iterator

from lpcontext.visits.attention.model import Attention
from lpcontext.visits.codes import format_engagement_type
from lpcontext.visits.journey import find_current_page
from lpcontext.visits.model import Engagement, Page, Visit

_INVITING_TYPES = frozenset({1, 2, 3})
_ONLINE = 1
_CONTROL = "CONTROL"


def find_unanswered_offers(visit: Visit) -> Iterator[Attention]:
    """Invitations left behind on a page, as one for all of them, with the latest."""
    if any(engagement.acceptances for engagement in visit.engagements):
        return
    pages = {page.id: page for page in visit.pages if page.id is not None}
    now = find_current_page(visit)
    left: list[tuple[Page, Engagement]] = []
    for offer in visit.engagements:
        page = pages.get(offer.page_id) if offer.page_id else None
        if page and page is not now and _is_invitation(offer):
            left.append((page, offer))
    if left:
        page, offer = max(left, key=lambda pair: pair[0].started_at_ms or 0)
        yield Attention(
            kind="offer-refused",
            severity="warn",
            title="Offer not answered",
            detail=format_engagement_type(offer.type),
            count=len(left),
            at_ms=page.started_at_ms,
            page_title=page.title,
        )


def find_control_groups(visit: Visit) -> Iterator[Attention]:
    """The visitor belongs to a control group, of the site or of a campaign, and so was shown no offers."""
    if visit.control_group == _CONTROL:
        yield Attention(kind="control-group", severity="warn", title="Control group: saw no offers")
        return
    campaigns = dict.fromkeys(offer.campaign_id for offer in visit.engagements if offer.control_group == _CONTROL)
    if campaigns:
        ids = ", ".join(campaign for campaign in campaigns if campaign)
        yield Attention(
            kind="control-group",
            severity="warn",
            title="Control group: saw no offers",
            detail=f"of campaign {ids}" if ids else None,
            count=len(campaigns),
        )


def _is_invitation(offer: Engagement) -> bool:
    return (
        offer.type in _INVITING_TYPES
        and offer.state == _ONLINE
        and offer.control_group != _CONTROL
        and not offer.acceptances
    )
