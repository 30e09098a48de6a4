"""Somebody on a phone whom nobody knows: no name, no cart, nulls wherever a null can be."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..caller import Caller
from ..visit import Visit, World
from .settings import ANDROID_CHROME, geo, make_setting
from .story_dsl import SitePage, make_engagement, open_site_page, wander

SITE = "https://m.brightwave.example"

ROAMING = SitePage(f"{SITE}/help/roaming", "Using your phone abroad | Brightwave")
ZONES = SitePage(f"{SITE}/help/roaming/zones", "Roaming zones and prices | Brightwave")
APN = SitePage(f"{SITE}/help/no-data-abroad", "No mobile data abroad? | Brightwave")
PASS = SitePage(f"{SITE}/add-ons/travel-pass", "Travel pass | Brightwave")
COVERAGE = SitePage(f"{SITE}/coverage/lisboa", "Partner networks: Portugal | Brightwave")
CONTACT = SitePage(f"{SITE}/contact", "Call us | Brightwave")


def run_story(visit: Visit, rng: Random) -> Iterator[float]:
    """From a search engine straight into the help pages, back and forth."""
    open_site_page(visit, APN)
    yield 47
    open_site_page(visit, ROAMING)
    yield 26
    open_site_page(visit, ZONES)
    visit.offer(make_engagement(engagement_id=720011112, type_code=3, state=2, conversation=1))
    yield 33
    open_site_page(visit, APN)
    yield 20
    open_site_page(visit, PASS)
    yield 14
    open_site_page(visit, APN)
    yield 12
    open_site_page(visit, CONTACT)
    yield 18
    yield from wander(visit, rng, (ROAMING, ZONES, APN, PASS, COVERAGE, CONTACT))


WORLD = World(
    name="mobile",
    summary="an anonymous visitor on a phone: nothing known, nulls everywhere",
    script=run_story,
    setting=make_setting(
        ip="192.0.2.143",
        system="ANDROID",
        family="MOBILE",
        user_agent=ANDROID_CHROME,
        place=geo("Portugal", "PT", "Lisboa", "Lisbon", "Tejo Móvel"),
        referrer="https://www.search.example/",
        engine="Google",
        keywords="brightwave no data abroad",
    ),
    minutes_before=2.1,
    absent="null",
    caller=Caller(
        name="Unknown caller",
        phone="+351 912 345 018",
        about="Number not on file",
        city="Portugal",
    ),
)
