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


def read_device(locations: FieldLocations) -> Device:
    """The device, whose pieces lie side by side with everything else; `lpv4` is what one table calls `ipv4`."""
    mobile = locations.of("mobileDeviceInfo").child_or_empty("mobileDeviceInfo")
    return Device(
        os=locations.of("deviceOS").enum("deviceOS"),
        family=locations.of("deviceFamily").enum("deviceFamily"),
        mobile=mobile.flag("mobile"),
        detected=mobile.flag("detected"),
        user_agent=locations.of("userAgent").text("userAgent"),
        ip=_read_ip(locations),
    )


def _read_ip(locations: FieldLocations) -> str | None:
    for name in ("ipv4", "lpv4", "ipv6", "lpv6", "iPV4", "iPV6"):
        if address := locations.of(name).text(name):
            return address
    return None


def read_web_search(search: Reader) -> WebSearch:
    return WebSearch(engine=search.text("searchEngine"), keywords=search.text("keywords"))


def read_profiles(locations: FieldLocations) -> Profiles:
    return Profiles(
        active_profiles=locations.of("revActiveVPs").ids("revActiveVPs"),
        all_profiles=locations.of("revAllVPs").ids("revAllVPs"),
        active_behaviours=locations.of("revActiveVBs").ids("revActiveVBs"),
        all_behaviours=locations.of("revAllVBs").ids("revAllVBs"),
        all_onsite_locations=locations.of("revAllOSLs").ids("revAllOSLs"),
    )
