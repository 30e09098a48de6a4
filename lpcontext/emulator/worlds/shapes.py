"""Shapes the documents disagree about: several app sessions, and the newer top-level shape (contract 4.4)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..visit import Visit, World
from .settings import MAC_CHROME, WINDOWS_FIREFOX, geo, make_setting
from .story_dsl import (
    Document,
    SitePage,
    cart,
    error,
    lead,
    make_engagement,
    open_site_page,
    product,
    purchase,
    viewed,
    wander,
)

SHOP = "https://www.greenhouse.example"
FIG = product("Fig tree, 1.2 m", "Trees", "GH-FIG-120", 64.0)
POT = product("Terracotta pot", "Pots", "GH-POT-40", 29.5)

STOPS = (
    SitePage(f"{SHOP}/trees", "Trees | The Greenhouse", sections=("shop",)),
    SitePage(f"{SHOP}/trees/fig", "Fig tree | The Greenhouse", viewed(FIG, currency="USD")),
    SitePage(f"{SHOP}/pots/terracotta", "Terracotta pot | The Greenhouse", viewed(POT, currency="USD")),
    SitePage(f"{SHOP}/care/figs", "How to keep a fig happy | The Greenhouse", sections=("care",)),
)
PERSON: Document = {
    "type": "personal",
    "personal": {
        "firstname": "Priya",
        "lastname": "Nandakumar",
        "contacts": [
            {
                "email": "priya@nandakumar.example",
                "phone": "+1 415 555 0133",
                "phoneType": "MOBILE",
                "address": {"country": "United States", "region": "California"},
                "preferredContactMethod": "EMAIL",
            },
            {"email": "office@nandakumar.example", "phone": None},
        ],
        "gender": "OTHER",
        "language": "en_US",
    },
}
CUSTOMER = {"type": "ctmrinfo", "info": {"cstatus": "new", "ctype": "retail", "balance": 15.2, "currency": "USD"}}


def run_story(visit: Visit, rng: Random) -> Iterator[float]:
    """A gardener's visit, the same under both shapes."""
    open_site_page(visit, STOPS[0])
    visit.report(PERSON)
    visit.report(CUSTOMER)
    yield 20
    open_site_page(visit, STOPS[1])
    visit.report(cart((FIG, 1), (POT, 2), currency="USD"))
    visit.offer(make_engagement(engagement_id=440010111))
    yield 15
    visit.report(lead("Garden planning", 120.0, "GP-1", "USD"))
    visit.report(error("Postcode not recognised", "addr-12", resolved=True))
    visit.report(purchase("GH-5001", (POT, 1), currency="USD"))
    yield 15
    yield from wander(visit, rng, STOPS)


def lift(state: Document) -> Document:
    """Everything at the top, as the element table has it, and the address under its other name."""
    session = dict(state["appSessions"][0])
    session["lpv4"] = session.pop("ipv4")
    return session


def split(state: Document) -> Document:
    """A second, older app session of the same visitor; nobody has written down why there could be one."""
    newest = state["appSessions"][0]
    hour_ms = 3_600_000
    page_id = "1000000001"
    started_ms = newest["startTime"] - hour_ms
    page = newest["pages"][0] | {
        "id": page_id,
        "startTime": started_ms,
        "timeOnPage": 42_000,
        "pageTitle": "Welcome, app user | The Greenhouse",
        "url": "app.greenhouse.example/start",
        "pageBasic": {
            "url": "https://app.greenhouse.example/start",
            "startTime": started_ms,
            "referrer": None,
            "title": "Welcome, app user | The Greenhouse",
            "sections": None,
        },
    }
    kept = ("id", "ipv4", "userAgent", "deviceOS", "deviceFamily", "mobileDeviceInfo", "siteControlGroup")
    older = {name: newest[name] for name in kept} | {
        "startTime": started_ms,
        "engagements": [],
        "pages": [page],
        "events": [],
        "cart": {"cartStatus": {"total": 29.5, "numItems": 1, "products": []}, "lastTotalChange": 29.5},
    }
    return {**state, "appSessions": [older, newest]}


PLACE = geo("United States", "US", "California", "San Francisco", "Bay Net")

NEWER = World(
    name="newer",
    summary="the newer shape: fields at the top, currency, richer contacts, the address as lpv4",
    script=run_story,
    setting=make_setting(
        ip="192.0.2.61", system="MAC_OS", family="DESKTOP", user_agent=MAC_CHROME, place=PLACE, control_group="TEST"
    ),
    minutes_before=1.2,
    newer=True,
    distort=lift,
)
SEVERAL = World(
    name="several",
    summary="two app sessions in one visit",
    script=run_story,
    setting=make_setting(ip="192.0.2.62", system="WINDOWS", family="DESKTOP", user_agent=WINDOWS_FIREFOX, place=PLACE),
    minutes_before=1.2,
    distort=split,
)
