"""A returning customer who buys well, was offered a good deal, and takes one offer while somebody watches."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..caller import Caller
from ..visit import Visit, World
from .settings import IPHONE_SAFARI, geo, make_setting
from .story_dsl import (
    SitePage,
    campaign,
    cart,
    lead,
    make_engagement,
    open_site_page,
    product,
    purchase,
    revisions,
    viewed,
    wander,
)

SHOP = "https://www.ateliercorvina.example"
CHF = "CHF"

RING = product("Alba ring, rose gold", "Rings", "AC-ALBA-54", 1890.0)
EARRINGS = product("Notte earrings, onyx", "Earrings", "AC-NOTTE", 740.0)
BRACELET = product("Lago bracelet", "Bracelets", "AC-LAGO-M", 1260.0)
CARE = product("Care set for gold", "Care", "AC-CARE-1", 48.0)

HOME = SitePage(f"{SHOP}/", "Atelier Corvina", sections=("home",))
RINGS = SitePage(f"{SHOP}/rings", "Rings | Atelier Corvina", sections=("collection", "rings"))
RING_PAGE = SitePage(f"{SHOP}/rings/alba", "Alba ring in rose gold | Atelier Corvina", viewed(RING, currency=CHF))
NOTTE = SitePage(f"{SHOP}/earrings/notte", "Notte earrings | Atelier Corvina", viewed(EARRINGS, currency=CHF))
LAGO = SitePage(f"{SHOP}/bracelets/lago", "Lago bracelet | Atelier Corvina", viewed(BRACELET, currency=CHF))
ORDERS = SitePage(f"{SHOP}/account/orders", "Your orders | Atelier Corvina", sections=("account",))
APPOINTMENT = SitePage(f"{SHOP}/appointments/zurich", "Book an appointment in Zürich | Atelier Corvina")
RESIZING = SitePage(f"{SHOP}/service/resizing", "Resizing and engraving | Atelier Corvina", sections=("service",))
BAG = SitePage(f"{SHOP}/bag", "Your bag | Atelier Corvina", sections=("bag",))

PERSON = {
    "type": "personal",
    "personal": {
        "firstname": "Eleonora",
        "lastname": "Bianchi-Hartmann",
        "age": {"age": 46.0, "year": 1979, "month": 8, "day": 1},
        "contacts": [
            {
                "email": "eleonora@bianchi-hartmann.example",
                "phone": "+41 44 668 18 00",
                "phoneType": "WORK",
                "address": {"country": "Switzerland", "region": "Zürich"},
                "preferredContactMethod": "PHONE",
            }
        ],
        "gender": "FEMALE",
        "company": "Bianchi Hartmann Architekten",
        "language": "de-CH",
    },
}
CUSTOMER = {
    "type": "ctmrinfo",
    "info": {
        "cstatus": "gold",
        "ctype": "VIP",
        "customerId": "AC-100482",
        "balance": 250.0,
        "currency": CHF,
        "socialId": "11256324780",
        "storeNumber": "ZRH-01",
        "storeZipCode": "8001",
        "lastPaymentDate": {"day": 21, "month": 9, "year": 2025},
        "registrationDate": {"day": 30, "month": 11, "year": 2016},
    },
}


def run_story(visit: Visit, rng: Random) -> Iterator[float]:
    """Six minutes of a good customer's morning, then the offer she takes."""
    open_site_page(visit, HOME)
    visit.report(campaign(2, "Instagram", "autumn-preview"))
    visit.report(PERSON)
    visit.report(CUSTOMER)
    visit.offer(make_engagement(engagement_id=830020111, campaign_id=830019001, type_code=1, skill=("Concierge", 41)))
    yield 35
    open_site_page(visit, NOTTE)
    yield 52
    visit.report(cart((EARRINGS, 1), (CARE, 1), currency=CHF))
    yield 24
    visit.report(purchase("AC-90117", (EARRINGS, 1), (CARE, 1), currency=CHF))
    visit.report(cart(currency=CHF))
    yield 47
    open_site_page(visit, RINGS)
    visit.offer(make_engagement(engagement_id=830020211, campaign_id=830019001, type_code=2, skill=("Concierge", 41)))
    visit.accept("2")
    yield 39
    open_site_page(visit, RING_PAGE)
    yield 61
    visit.report(lead("Engraving for Alba ring", 180.0, "LD-2218", CHF))
    yield 30
    open_site_page(visit, RESIZING)
    visit.offer(make_engagement(engagement_id=830020311, campaign_id=830019101, type_code=3, channel=2))
    yield 44
    yield from _take_the_offer(visit)
    yield from wander(visit, rng, (HOME, RINGS, RING_PAGE, NOTTE, LAGO, ORDERS, APPOINTMENT, RESIZING, BAG))


def _take_the_offer(visit: Visit) -> Iterator[float]:
    visit.report(cart((RING, 1), currency=CHF))
    yield 12
    open_site_page(visit, APPOINTMENT)
    visit.offer(
        make_engagement(
            engagement_id=830020411,
            campaign_id=830019201,
            type_code=1,
            skill=("Private appointments", 44),
            conversation=1,
        )
    )
    yield 13
    visit.accept("4")
    yield 12
    visit.report(lead("Private appointment in Zürich", 1890.0, "LD-2219", CHF))
    yield 14
    open_site_page(visit, LAGO)
    yield 10
    visit.report(cart((RING, 1), (BRACELET, 1), currency=CHF))
    yield 15
    open_site_page(visit, BAG)
    yield 17
    visit.report(purchase("AC-90131", (BRACELET, 1), currency=CHF))
    visit.report(cart((RING, 1), currency=CHF))
    yield 14


WORLD = World(
    name="vip",
    summary="a returning customer with purchases and several offers, one taken while you watch",
    script=run_story,
    setting=make_setting(
        ip="203.0.113.200",
        system="IOS",
        family="MOBILE",
        user_agent=IPHONE_SAFARI,
        place=geo("Switzerland", "CH", "Zürich", "Zürich", "Limmat Mobile"),
        referrer="https://www.instagram.com/",
    ),
    locations=revisions(830014612),
    minutes_before=5.8,
    newer=True,
    caller=Caller(
        name="Eleonora Bianchi-Hartmann",
        phone="+41 44 668 18 00",
        about="Resizing a ring, appointment",
        company="Bianchi Hartmann Architekten",
        email="eleonora@bianchi-hartmann.example",
        customer_id="AC-100482",
        since="November 2016",
        city="Zürich, Switzerland",
        notes="Gold client. Speaks German and Italian.",
    ),
)
