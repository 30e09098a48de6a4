"""The session, the machine it comes from, and how the visitor came."""

from __future__ import annotations

from lpcontext.panel.contexts.device import tell_browser
from lpcontext.panel.contexts.facts import facts_of, join_words
from lpcontext.panel.contexts.folded import Fold, Folded
from lpcontext.panel.contexts.place import tell_place
from lpcontext.panel.moments import tell_clock
from lpcontext.panel.veil import Veil
from lpcontext.visits import (
    Device,
    Geo,
    Marketing,
    WebSearch,
    format_channel,
    format_device_family,
    format_host_and_path,
    format_os,
)


def tell_session(
    started_at_ms: int | None,
    session_count: int,
    device: Device | None,
    geo: Geo | None,
    web_search: WebSearch | None,
    referrer: str | None,
    veil: Veil,
) -> Folded | None:
    device, geo, web_search = device or Device(), geo or Geo(), web_search or WebSearch()
    organisation = geo.organisation if geo.organisation != geo.isp else None
    facts = facts_of(
        ("Began", tell_clock(started_at_ms)),
        ("Device", veil.text(format_device_family(device.family))),
        ("System", veil.text(format_os(device.os))),
        ("Browser", tell_browser(device.user_agent)),
        ("Place", veil.text(tell_place(geo))),
        ("IP address", veil.text(device.ip)),
        ("Provider", veil.text(geo.isp)),
        ("Organisation", veil.text(organisation)),
        ("Came from", tell_referrer(referrer, veil)),
        ("Searched", veil.text(join_words(web_search.engine, web_search.keywords, by=": "))),
        ("Sessions", f"{session_count:,} told, one shown" if session_count > 1 else None),
    )
    summary = join_words(format_device_family(device.family), geo.city or geo.country, by=", ")
    return Folded.of("session", Fold("session", "Session", veil.text(summary) or "", facts))


def tell_campaign(marketing: Marketing | None, veil: Veil) -> Folded | None:
    marketing = marketing or Marketing()
    channel = format_channel(marketing.channel)
    facts = facts_of(
        ("Channel", channel),
        ("Affiliate", veil.text(marketing.affiliate)),
        ("Campaign", veil.text(marketing.campaign_id)),
    )
    return Folded.of("campaign", Fold("campaign", "Campaign", channel or "", facts))


def tell_referrer(referrer: str | None, veil: Veil) -> str | None:
    """Host and path: what follows holds search terms and worse."""
    if not referrer:
        return None
    host, path = format_host_and_path(referrer)
    return veil.text(f"{host}{path if path != '/' else ''}") or None
