"""A visitor who has read everything: 500 pages, 2,000 events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random

from ..caller import Caller
from ..visit import Visit, World
from .settings import WINDOWS_EDGE, geo, make_setting
from .story_dsl import cart, error, make_engagement, product, viewed

SHOP = "https://www.paperandpine.example"
PAGES = 500
SECONDS_PER_PAGE = 12.0


def run_story(visit: Visit, rng: Random) -> Iterator[float]:
    """Leaf through the whole catalogue; each page reports four things."""
    for number in count():
        leaf = product(f"Notebook no. {number:04}", "Notebooks", f"PP-{number:04}", 4.0 + number % 17)
        visit.open_page(f"{SHOP}/notebooks/{number:04}", f"Notebook no. {number:04} | Paper & Pine")
        visit.report(viewed(leaf))
        visit.report(cart((leaf, 1 + number % 3)))
        visit.report(viewed(leaf, leaf))
        if number % 50 == 49:
            visit.report(error("Picture could not be loaded", f"img-{number}"))
            visit.offer(make_engagement(engagement_id=910000000 + number))
        else:
            visit.report(cart((leaf, 2 + number % 3)))
        yield SECONDS_PER_PAGE + rng.uniform(-2, 2)


WORLD = World(
    name="giant",
    summary="500 pages and 2,000 events in one session",
    script=run_story,
    setting=make_setting(
        ip="203.0.113.77",
        system="WINDOWS",
        family="DESKTOP",
        user_agent=WINDOWS_EDGE,
        place=geo("Canada", "CA", "Ontario", "Toronto", "Lakeshore Cable"),
    ),
    minutes_before=PAGES * SECONDS_PER_PAGE / 60 + 2,
    pages_kept=PAGES,
    events_kept=4 * PAGES,
    caller=Caller(
        name="Wendeline Achterberg",
        phone="+1 416 555 0177",
        about="Has read the whole catalogue",
        email="wendeline@achterberg.example",
        city="Toronto, Canada",
    ),
)
