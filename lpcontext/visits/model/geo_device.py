"""Where the visitor sits, on which device, and how they came."""

from __future__ import annotations

from lpcontext.visits.model.value import VisitValue


class Geo(VisitValue, frozen=True):
    country: str | None = None
    country_code: str | None = None
    state: str | None = None
    city: str | None = None
    isp: str | None = None
    organisation: str | None = None


class Device(VisitValue, frozen=True):
    os: str | None = None
    family: str | None = None
    mobile: bool | None = None
    detected: bool | None = None
    user_agent: str | None = None
    ip: str | None = None


class WebSearch(VisitValue, frozen=True):
    """The search engine that led here."""

    engine: str | None = None
    keywords: str | None = None


class Profiles(VisitValue, frozen=True):
    """Ids of visitor profiles, behaviours and onsite locations LivePerson matched (its rev* maps)."""

    active_profiles: tuple[str, ...] = ()
    all_profiles: tuple[str, ...] = ()
    active_behaviours: tuple[str, ...] = ()
    all_behaviours: tuple[str, ...] = ()
    all_onsite_locations: tuple[str, ...] = ()
