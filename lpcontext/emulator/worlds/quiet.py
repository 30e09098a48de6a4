"""Sessions in which next to nothing happens: the empty one, and those App Engagement creates."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..caller import Caller
from ..visit import Visit, World
from .settings import WINDOWS_FIREFOX, make_setting


def run_nothing(visit: Visit, rng: Random) -> Iterator[float]:
    """Nothing ever happens."""
    yield from ()


EMPTY = World(
    name="empty",
    summary="a session that has just begun: no page, no event, nobody known",
    script=run_nothing,
    setting=make_setting(ip="198.51.100.9", system="WINDOWS", family="DESKTOP", user_agent=WINDOWS_FIREFOX, place=None),
    minutes_before=0.2,
    caller=Caller(
        name="Oskar Lindgren",
        phone="+46 8 123 456 00",
        about="Just opened the web site",
        email="oskar@lindgren.example",
        city="Stockholm, Sweden",
    ),
)

# No story of its own, and in no list: a session our own side made for a caller nobody monitored.
UNMONITORED = World(
    name="unmonitored", summary="a session App Engagement created", script=run_nothing, minutes_before=0
)
