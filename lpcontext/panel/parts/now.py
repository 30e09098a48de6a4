"""Where the visitor is, since when, and whether anybody is still there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.wording.address import Address
from lpcontext.panel.wording.device import format_device
from lpcontext.panel.wording.language import format_language
from lpcontext.panel.wording.place import find_country, format_place
from lpcontext.panel.wording.presence import Presence
from lpcontext.panel.wording.time_tags import format_clock, format_span
from lpcontext.visits import Device, Geo, Page

_HEADINGS = {"gone": "Last seen", "held": "Last known"}


class NowPieces(NamedTuple):
    page: Page | None
    presence: Presence
    started_at_ms: int | None
    geo: Geo | None
    language: str | None
    device: Device | None


@dataclass(frozen=True, slots=True)
class NowContext:
    heading: str
    presence: Presence
    lasting: SafeString
    page: Address | None
    since: SafeString
    place: str | None
    country: str | None
    language: str | None
    device: str | None

    @property
    def has_facts(self) -> bool:
        return bool(self.place or self.language or self.device)


def select_now(content: PanelContent) -> NowPieces | None:
    visit = content.visit
    if visit is None:
        return None
    language = visit.person.language if visit.person else None
    if not (content.page or visit.started_at_ms or visit.geo or language or visit.device):
        return None
    return NowPieces(content.page, content.presence, visit.started_at_ms, visit.geo, language, visit.device)


def build_now(pieces: NowPieces, masker: Masker) -> NowContext:
    page, presence, geo = pieces.page, pieces.presence, pieces.geo
    return NowContext(
        heading=_HEADINGS.get(presence.kind, "Now"),
        presence=presence,
        lasting=_format_lasting(presence, pieces.started_at_ms),
        page=Address.of(page, masker) if page else None,
        since=format_clock(page.started_at_ms if page else None),
        place=masker.text(format_place(geo)),
        country=find_country(geo),
        language=format_language(masker.text(pieces.language)),
        device=masker.text(format_device(pieces.device)),
    )


def _format_lasting(presence: Presence, started_at_ms: int | None) -> SafeString:
    match presence.kind:
        case "here":
            return format_span(started_at_ms)
        case "held":
            return format_clock(presence.since_ms)
        case _:
            return format_span(presence.since_ms)
