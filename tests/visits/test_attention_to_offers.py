"""An offer nobody answered asks for attention; those a control group never saw do not."""

from __future__ import annotations

from typing import Any

import pytest

from lpcontext.visits.attention.model import Attention
from tests.visits.attentions import PAGES, attention_of, offer
from tests.visits.responses import Json


@pytest.mark.parametrize(("type_", "word"), [(1, "Overlay"), (2, "Toaster"), (3, "Slide-out")])
def test_an_invitation_left_behind_is_an_offer_not_answered(type_: int, word: str) -> None:
    assert attention_of(pages=PAGES, engagements=[offer(type_)]) == (
        Attention(
            kind="offer-refused",
            severity="warn",
            title="Offer not answered",
            detail=word,
            at_ms=100,
            page_title="Shop",
        ),
    )


@pytest.mark.parametrize(
    ("case", "engagement"),
    [
        ("a button asks nobody", offer(6)),
        ("an embedded one asks nobody", offer(5)),
        ("an unknown form", offer(4)),
        ("still on that page", offer(1, page_id="pay")),
        ("a page we do not hold", offer(1, page_id="gone")),
        ("nobody was there to talk", offer(1, state=2)),
        ("clicked", offer(1, impressionAccepted=[{"activityTime": 1}])),
    ],
)
def test_an_offer_is_not_provably_unanswered(case: str, engagement: Json) -> None:
    assert attention_of(pages=PAGES, engagements=[engagement]) == (), case


def test_an_offer_taken_up_later_makes_up_for_those_left_behind() -> None:
    clicked = offer(6, page_id="pay", impressionAccepted=[{"activityTime": 1}])

    assert attention_of(pages=PAGES, engagements=[offer(1), clicked]) == ()


def test_several_invitations_left_behind_are_reported_once() -> None:
    pages = [*PAGES, {"id": "now", "startTime": 300}]

    (found,) = attention_of(pages=pages, engagements=[offer(1, page_id="pay"), offer(2)])

    assert (found.count, found.detail, found.page_title) == (2, "Overlay", "Pay")


def test_the_control_group_of_the_site_saw_no_offers() -> None:
    assert attention_of(siteControlGroup="CONTROL") == (
        Attention(kind="control-group", severity="warn", title="Control group: saw no offers"),
    )


def test_the_control_group_of_a_campaign_saw_no_offers_of_it() -> None:
    engagement: dict[str, Any] = offer(1)
    engagement["engagement"] |= {"campaignControl": "CONTROL", "campaignEntity": {"id": 554983412}}

    assert attention_of(pages=PAGES, engagements=[engagement, engagement]) == (
        Attention(
            kind="control-group",
            severity="warn",
            title="Control group: saw no offers",
            detail="of campaign 554983412",
        ),
    )


@pytest.mark.parametrize("group", ["TEST", "NA"])
def test_any_other_group_is_as_everybody(group: str) -> None:
    assert attention_of(siteControlGroup=group) == ()
