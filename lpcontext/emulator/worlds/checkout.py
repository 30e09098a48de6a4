"""A shopper whose card form will not take the expiry date, while the hiking trip is on Friday."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..caller import Caller
from ..visit import Visit, World
from .settings import MAC_CHROME, geo, make_setting
from .story_dsl import (
    SitePage,
    campaign,
    cart,
    error,
    make_engagement,
    open_site_page,
    product,
    revisions,
    service,
    viewed,
    wander,
)

SHOP = "https://www.northfell.example"
EUR = "EUR"

TENT = product("Kestrel 2 trekking tent", "Tents", "NF-TK2-GRN", 389.0)
MAT = product("Drift insulated mat, regular", "Sleeping mats", "NF-DM-R", 119.95)
STOVE = product("Ember gas stove", "Stoves", "NF-ES-01", 54.5)
POLES = product("Larch carbon poles, pair", "Trekking poles", "NF-LP-120", 129.0)

TENTS = SitePage(f"{SHOP}/tents?capacity=2", "Two-person tents | Northfell", sections=("shop", "tents"))
TENT_PAGE = SitePage(f"{SHOP}/tents/kestrel-2", "Kestrel 2 trekking tent | Northfell", viewed(TENT, currency=EUR))
MAT_PAGE = SitePage(f"{SHOP}/sleeping-mats/drift", "Drift insulated mat | Northfell", viewed(MAT, currency=EUR))
STOVE_PAGE = SitePage(f"{SHOP}/stoves/ember", "Ember gas stove | Northfell", viewed(STOVE, currency=EUR))
POLES_PAGE = SitePage(f"{SHOP}/poles/larch", "Larch carbon poles | Northfell", viewed(POLES, currency=EUR))
BASKET = SitePage(f"{SHOP}/basket", "Your basket | Northfell", sections=("shop", "basket"))
ADDRESS = SitePage(f"{SHOP}/checkout/delivery", "Checkout: delivery | Northfell", sections=("shop", "checkout"))
PAYMENT = SitePage(f"{SHOP}/checkout/payment", "Checkout: payment | Northfell", sections=("shop", "checkout"))
HELP = SitePage(f"{SHOP}/help/payment-problems", "My card is not accepted | Northfell help", sections=("help",))
RETURNS = SitePage(f"{SHOP}/help/delivery-times", "When will my order arrive? | Northfell help", sections=("help",))

MISSING = error("Expiration date missing", "er100004", contextId="Card payment", level=10, resolved=False)
DECLINED = error("Payment could not be authorised", "pay-3051", contextId="Card payment", level=20, resolved=False)
REVIEW = service("Payment review for order NF-204418", 12, "payments", "svc-88213")

PERSON = {
    "type": "personal",
    "personal": {
        "firstname": "Maren",
        "lastname": "Okafor",
        "age": {"age": 38.0, "year": 1987, "month": 3, "day": 9},
        "contacts": [{"email": "maren.okafor@mail.example", "phone": "+44 7700 900417", "phoneType": "MOBILE"}],
        "gender": "FEMALE",
        "language": "en-GB",
    },
}
CUSTOMER = {
    "type": "ctmrinfo",
    "info": {
        "cstatus": "active",
        "ctype": "trail club",
        "customerId": "NF-5520318",
        "balance": 0.0,
        "currency": EUR,
        "registrationDate": {"day": 14, "month": 6, "year": 2021},
        "lastPaymentDate": {"day": 2, "month": 5, "year": 2025},
    },
}


def run_story(visit: Visit, rng: Random) -> Iterator[float]:
    """Four minutes of shopping before anybody looks; trouble at the till while they do."""
    visit.open_page(f"{SHOP}/", "Northfell: for the long way round", sections=["home"])
    visit.report(campaign(3, "Trail club newsletter", "summer-nights"))
    yield 18
    open_site_page(visit, TENTS)
    yield 31
    open_site_page(visit, TENT_PAGE)
    yield 44
    visit.report(cart((TENT, 1), currency=EUR))
    yield 9
    open_site_page(visit, MAT_PAGE)
    yield 27
    visit.report(cart((TENT, 1), (MAT, 2), currency=EUR))
    yield 11
    open_site_page(visit, BASKET)
    visit.offer(make_engagement(engagement_id=555008112, type_code=6, skill=("Shop advice", 1204)))
    yield 16
    open_site_page(visit, ADDRESS)
    visit.report(PERSON)
    visit.report(CUSTOMER)
    yield 38
    open_site_page(visit, PAYMENT)
    yield 29
    visit.report(MISSING)
    yield 24
    yield from _fight_with_the_till(visit)
    yield from wander(visit, rng, (TENTS, MAT_PAGE, POLES_PAGE, BASKET, HELP, PAYMENT, RETURNS, STOVE_PAGE))


def _fight_with_the_till(visit: Visit) -> Iterator[float]:
    visit.report(MISSING)
    yield 13
    open_site_page(visit, HELP)
    visit.offer(make_engagement(engagement_id=555008212, type_code=1, skill=("Payments", 1207)))
    yield 15
    open_site_page(visit, PAYMENT)
    yield 11
    visit.report(MISSING)
    yield 10
    open_site_page(visit, STOVE_PAGE)
    yield 9
    visit.report(cart((TENT, 1), (MAT, 2), (STOVE, 1), currency=EUR))
    yield 12
    open_site_page(visit, PAYMENT)
    yield 14
    visit.report(DECLINED)
    yield 8
    visit.report(REVIEW)
    yield 16
    visit.report(cart((TENT, 1), (MAT, 1), currency=EUR))
    yield 12
    open_site_page(visit, RETURNS)
    visit.accept("2")
    yield 18


WORLD = World(
    name="checkout",
    summary="a shopper whose card form refuses the expiry date, again and again",
    script=run_story,
    setting=make_setting(
        ip="203.0.113.24",
        system="MAC_OSX",
        family="DESKTOP",
        user_agent=MAC_CHROME,
        place=geo("United Kingdom", "GB", "England", "Sheffield", "Peak Fibre"),
        referrer="https://mail.example/",
    ),
    locations=revisions(493914612),
    minutes_before=4.2,
    newer=True,
    caller=Caller(
        name="Maren Okafor",
        phone="+44 7700 900417",
        about="Cannot pay, needs it by Friday",
        email="maren.okafor@mail.example",
        customer_id="NF-5520318",
        since="June 2021",
        city="Sheffield, United Kingdom",
        notes="Trail club member. Prefers e-mail, calls only when it is urgent.",
    ),
)
