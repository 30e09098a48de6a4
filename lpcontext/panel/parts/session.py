"""The session, the device it comes from, and how the visitor came."""

from __future__ import annotations

from typing import NamedTuple

from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.rows.disclosure import Disclosure, Disclosures
from lpcontext.panel.wording.device import format_browser
from lpcontext.panel.wording.facts import list_facts
from lpcontext.panel.wording.phrases import join_words
from lpcontext.panel.wording.place import format_place
from lpcontext.panel.wording.time_tags import format_clock
from lpcontext.visits import Device, Geo, WebSearch, format_device_family, format_host_and_path, format_os


class SessionPieces(NamedTuple):
    started_at_ms: int | None
    session_count: int
    device: Device | None
    geo: Geo | None
    web_search: WebSearch | None
    referrer: str | None


def select_session(content: PanelContent) -> SessionPieces | None:
    visit = content.visit
    if visit is None:
        return None
    return SessionPieces(
        started_at_ms=visit.started_at_ms,
        session_count=visit.app_session_count,
        device=visit.device,
        geo=visit.geo,
        web_search=visit.web_search,
        referrer=visit.external_referrer,
    )


def build_session(pieces: SessionPieces, masker: Masker) -> Disclosures | None:
    device, geo, search = pieces.device or Device(), pieces.geo or Geo(), pieces.web_search or WebSearch()
    organisation = geo.organisation if geo.organisation != geo.isp else None
    facts = list_facts(
        ("Began", format_clock(pieces.started_at_ms)),
        ("Device", masker.text(format_device_family(device.family))),
        ("System", masker.text(format_os(device.os))),
        ("Browser", format_browser(device.user_agent)),
        ("Place", masker.text(format_place(geo))),
        ("IP address", masker.ip(device.ip)),
        ("Provider", masker.text(geo.isp)),
        ("Organisation", masker.text(organisation)),
        ("Came from", _format_referrer(pieces.referrer, masker)),
        ("Searched", masker.text(join_words(search.engine, search.keywords, by=": "))),
        ("Sessions", f"{pieces.session_count:,} told, one shown" if pieces.session_count > 1 else None),
    )
    summary = join_words(format_device_family(device.family), geo.city or geo.country, by=", ")
    return Disclosures.of(Disclosure("session", "Session", masker.text(summary) or "", facts))


def _format_referrer(referrer: str | None, masker: Masker) -> str | None:
    """Host and path: what follows holds search terms and worse."""
    if not referrer:
        return None
    host, path = format_host_and_path(referrer)
    return masker.text(f"{host}{path if path != '/' else ''}") or None
