"""A passenger of a cancelled ferry, who looks for another one while she chats about it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..visit import Visit, World
from .settings import MAC_CHROME, geo, make_setting
from .story_dsl import SitePage, cart, error, make_engagement, open_site_page, product, revisions, service, wander

LINE = "https://www.fjordline.example"
NOK = "NOK"

CABIN = product("Deck 6, outside, dogs welcome", "Cabins", "FL-C6-DOG", 1140.0)
CROSSING = product("Bergen to Hirtshals, 20:30", "Crossings", "FL-BGO-HIR-2030", 980.0)

DELAYS = SitePage(
    f"{LINE}/traffic", "Cancellations today | Fjordline", service("13:00 Bergen", 3, "traffic", "TR-1300")
)
BOOKING = SitePage(f"{LINE}/my/bookings/FJ-20771", "Booking FJ-20771 | Fjordline", sections=("my", "bookings"))
EVENING = SitePage(f"{LINE}/crossings/bergen-hirtshals?dep=2030", "Bergen to Hirtshals, 20:30 | Fjordline")
CABINS = SitePage(f"{LINE}/crossings/bergen-hirtshals/cabins", "Choose a cabin | Fjordline")
DOGS = SitePage(f"{LINE}/dogs", "Travelling with a dog | Fjordline")
PAY = SitePage(f"{LINE}/checkout/payment", "Payment | Fjordline", cart((CROSSING, 1), (CABIN, 1), currency=NOK))

PERSON = {
    "type": "personal",
    "personal": {
        "firstname": "Sigrun",
        "lastname": "Halvorsen",
        "contacts": [{"email": "sigrun@post.example", "phone": "+47 400 00 217", "phoneType": "MOBILE"}],
        "language": "nb-NO",
    },
}
CUSTOMER = {"type": "ctmrinfo", "info": {"cstatus": "blue member", "ctype": "private", "customerId": "BLUE-55018"}}


def run_story(visit: Visit, rng: Random) -> Iterator[float]:
    """She reads of the cancellation, tries the evening, is asked to pay again, and opens the chat."""
    open_site_page(visit, DELAYS)
    visit.report(PERSON)
    visit.report(CUSTOMER)
    yield 21
    open_site_page(visit, BOOKING)
    yield 26
    open_site_page(visit, EVENING)
    visit.offer(make_engagement(engagement_id=720031112, type_code=5, skill=("Sales", 25975313)))
    yield 18
    open_site_page(visit, PAY)
    visit.report(error("Rebooking free of charge is not possible online", "REBOOK-402", resolved=False))
    yield 16
    visit.accept("1")
    yield 20
    yield from wander(visit, rng, (DELAYS, BOOKING, EVENING, CABINS, DOGS, PAY))


WORLD = World(
    name="ferry",
    summary="a passenger of a cancelled ferry, who chats while she looks for another",
    script=run_story,
    setting=make_setting(
        ip="198.51.100.142",
        system="MAC_OSX",
        family="DESKTOP",
        user_agent=MAC_CHROME,
        place=geo("Norway", "NO", "Vestland", "Bergen", "Vestnett"),
    ),
    locations=revisions(720031612),
    minutes_before=1.7,
)
