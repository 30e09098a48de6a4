"""The steps that a world's story is written in, and what they put into a visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ..visit import Visit

Document = dict[str, Any]

REVISION: dict[str, int] = {"revision": 7}


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page somebody may wander to, and what it reports when opened."""

    url: str
    title: str
    attribute: Document | None = None
    sections: tuple[str, ...] = ()


def product(name: str, category: str, sku: str, price: float) -> Document:
    return {"name": name, "category": category, "sku": sku, "price": price}


def viewed(*products: Document, currency: str | None = None) -> Document:
    return {"type": "prodView", "currency": currency, "products": [{"product": each} for each in products]}


def cart(*lines: tuple[Document, int], currency: str | None = None) -> Document:
    """A cart with these products and quantities; the page reports their sum."""
    return {
        "type": "cart",
        "total": round(sum((each["price"] * quantity for each, quantity in lines), start=0.0), 2),
        "currency": currency,
        "numItems": sum(quantity for _, quantity in lines),
        "products": [{"product": each, "quantity": quantity} for each, quantity in lines],
    }


def error(message: str, code: str, **more: Any) -> Document:
    return {"type": "error", "error": {"message": message, "code": code, **more}}


def service(topic: str, status: int, category: str, service_id: str) -> Document:
    reported = {"topic": topic, "status": status, "category": category, "serviceId": service_id}
    return {"type": "service", "service": reported}


def lead(topic: str, value: float, lead_id: str, currency: str | None = None) -> Document:
    return {"type": "lead", "lead": {"topic": topic, "value": value, "leadId": lead_id, "currency": currency}}


def campaign(channel: int, affiliate: str, campaign_id: str) -> Document:
    return {"type": "mrktInfo", "info": {"channel": channel, "affiliate": affiliate, "campaignId": campaign_id}}


def purchase(order_id: str, *lines: tuple[Document, int], currency: str | None = None) -> Document:
    """An order with these products; as documented, its own cart has no total."""
    return {
        "type": "purchase",
        "total": round(sum((each["price"] * quantity for each, quantity in lines), start=0.0), 2),
        "currency": currency,
        "orderId": order_id,
        "cart": {"products": [{"product": each, "quantity": quantity} for each, quantity in lines]},
    }


def open_site_page(visit: Visit, stop: SitePage) -> None:
    """The visitor opens the page, and the page reports."""
    visit.open_page(stop.url, stop.title, sections=list(stop.sections) or None)
    if stop.attribute is not None:
        visit.report(stop.attribute)


def wander(visit: Visit, rng: Random, stops: Sequence[SitePage]) -> Iterator[float]:
    """Go on browsing for ever: another page every 8 to 20 seconds, never the same twice running."""
    here: SitePage | None = None
    while True:
        here = rng.choice([stop for stop in stops if stop is not here])
        open_site_page(visit, here)
        yield rng.uniform(8, 20)


def revisions(*ids: int) -> Document:
    """A map of ids as LivePerson's rev* fields have it."""
    return {str(each): dict(REVISION) for each in ids}


def make_engagement(
    *,
    engagement_id: int,
    campaign_id: int = 554983412,
    type_code: int = 6,
    channel: int = 1,
    state: int = 1,
    control: str = "TEST",
    skill: tuple[str, int] | None = None,
    conversation: int = 0,
) -> Document:
    """An engagement as documented; no skill is LivePerson's own null form. Codes: contract 4.7."""
    skill_name, skill_id = skill or ("*!@NULL*!@", -1)
    goal_id = campaign_id + 100
    return {
        "state": state,
        "zoneId": engagement_id - 10_000,
        "pageId": None,
        "firstFollowMeEngagementContextId": None,
        "campaignControl": control,
        "campaignEntity": {
            "revision": 232,
            "id": campaign_id,
            "goalId": goal_id,
            "campaignEventSequence": None,
            "activeVPs": revisions(493914412),
        },
        "engagementEntity": {
            "revision": 193,
            "id": engagement_id,
            "channel": channel,
            "type": type_code,
            "isOffsiteEngagement": False,
            "activeVBs": revisions(493914512),
            "activeOSLs": revisions(493914612),
            "engagementSkill": {"skillName": skill_name, "skillId": skill_id},
            "surveySkills": [],
            "availabilityPolicy": 0,
            "renderingType": 0,
            "conversationType": conversation,
        },
        "goalEntity": {"revision": 4, "id": goal_id, "type": 5, "indicatorType": 5},
    }
