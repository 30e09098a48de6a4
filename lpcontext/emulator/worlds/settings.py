"""Devices and places the invented visitors browse from. Addresses are from the ranges kept for documentation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .story_dsl import Document, revisions

MAC_CHROME = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/139.0.0.0 Safari/537.36"
)
WINDOWS_EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0"
)
WINDOWS_FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0"
IPHONE_SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
ANDROID_CHROME = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/139.0.0.0 Mobile Safari/537.36"
)


def geo(country: str, code: str, state: str, city: str, isp: str) -> Document:
    return {"country": country, "countryCode": code, "state": state, "city": city, "isp": isp, "org": isp}


def make_setting(
    *,
    ip: str,
    system: str,
    family: str,
    user_agent: str,
    place: Document | None,
    referrer: str = "",
    engine: str = "",
    keywords: str = "",
    control_group: str = "NA",
) -> Mapping[str, Any]:
    """What stays the same through a visit, in Visit Information's spelling."""
    setting: Document = {
        "revActiveVPs": revisions(493914412, 1249882912),
        "revAllVPs": revisions(493914412, 1249882912),
        "revActiveVBs": revisions(493914512),
        "revAllVBs": revisions(493914512, 522493012),
        "revAllOSLs": revisions(493914612),
        "mobileDeviceInfo": {"mobile": family == "MOBILE", "detected": True},
        "ipv4": ip,
        "searchEngine": {"searchEngine": engine, "keywords": keywords},
        "deviceOS": system,
        "userAgent": user_agent,
        "deviceFamily": family,
        "siteControlGroup": control_group,
        "externalReferrer": referrer,
    }
    return MappingProxyType(setting | ({"geo": place} if place else {}))
