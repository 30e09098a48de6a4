"""Where the visitor sits and how they came: place, device, search engine, profiles (contract 4.6)."""

from __future__ import annotations

from lpcontext.reading import Reader
from lpcontext.visits.model import Device, Geo, Profiles, WebSearch
from lpcontext.visits.parsing.field_locations import FieldLocations


def read_geo(geo: Reader) -> Geo:
    return Geo(
        country=geo.text("country"),
        country_code=geo.text("countryCode"),
        state=geo.text("state"),
        city=geo.text("city"),
        isp=geo.text("isp"),
        organisation=geo.text("org"),
    )


def read_device(places: FieldLocations) -> Device:
    """The device, whose pieces lie side by side with everything else; `lpv4` is what one table calls `ipv4`."""
    mobile = places.of("mobileDeviceInfo").inside("mobileDeviceInfo")
    return Device(
        os=places.of("deviceOS").word("deviceOS"),
        family=places.of("deviceFamily").word("deviceFamily"),
        mobile=mobile.flag("mobile"),
        detected=mobile.flag("detected"),
        user_agent=places.of("userAgent").text("userAgent"),
        ip=_read_ip(places),
    )


def _read_ip(places: FieldLocations) -> str | None:
    for name in ("ipv4", "lpv4", "ipv6", "lpv6", "iPV4", "iPV6"):
        if address := places.of(name).text(name):
            return address
    return None


def read_web_search(search: Reader) -> WebSearch:
    return WebSearch(engine=search.text("searchEngine"), keywords=search.text("keywords"))


def read_profiles(places: FieldLocations) -> Profiles:
    return Profiles(
        active_profiles=places.of("revActiveVPs").ids("revActiveVPs"),
        all_profiles=places.of("revAllVPs").ids("revAllVPs"),
        active_behaviours=places.of("revActiveVBs").ids("revActiveVBs"),
        all_behaviours=places.of("revAllVBs").ids("revAllVBs"),
        all_onsite_locations=places.of("revAllOSLs").ids("revAllOSLs"),
    )
