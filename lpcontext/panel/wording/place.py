"""Where the visitor sits: only what LivePerson says."""

from __future__ import annotations

import re

from lpcontext.panel.wording.phrases import join_words
from lpcontext.visits import Geo

_COUNTRY = re.compile(r"[A-Za-z]{2}")


def format_place(geo: Geo | None) -> str | None:
    """ "Tel Aviv, Israel"; the state only where there is no city, or it is not named like it."""
    if geo is None:
        return None
    state = geo.state if geo.state != geo.city else None
    return join_words(geo.city, state, geo.country or geo.country_code, by=", ")


def find_country(geo: Geo | None) -> str | None:
    """The country's two letters. The script shows the time there when the whole country has one."""
    code = geo.country_code if geo else None
    return code.upper() if code and _COUNTRY.fullmatch(code) else None
