"""Where the visitor is, since when, and whether anybody is still there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from django.utils.safestring import SafeString

from lpcontext.panel.contexts.address import Address
from lpcontext.panel.contexts.device import tell_device
from lpcontext.panel.contexts.place import find_country, tell_language, tell_place
from lpcontext.panel.moments import tell_clock, tell_span
from lpcontext.panel.veil import Veil
from lpcontext.visits import Device, Geo, Page


@dataclass(frozen=True, slots=True)
class Presence:
    """Is somebody there? `since_ms` is when they went quiet, when the visit ended, or when we last knew (held)."""

    kind: Literal["here", "quiet", "gone", "held"] = "here"
    since_ms: int | None = None

    @property
    def word(self) -> str:
        return {"here": "on the site", "quiet": "quiet", "gone": "gone", "held": "as of"}[self.kind]


_HEADINGS = {"gone": "Last seen", "held": "Last known"}


@dataclass(frozen=True, slots=True)
class Now:
    template: ClassVar = "panel/_now.html"

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

    @classmethod
    def of(
        cls,
        page: Page | None,
        presence: Presence,
        started_at_ms: int | None,
        geo: Geo | None,
        language: str | None,
        device: Device | None,
        veil: Veil,
    ) -> Now | None:
        if not (page or started_at_ms or geo or language or device):
            return None
        return cls(
            heading=_HEADINGS.get(presence.kind, "Now"),
            presence=presence,
            lasting=_tell_lasting(presence, started_at_ms),
            page=Address.of(page, veil) if page else None,
            since=tell_clock(page.started_at_ms if page else None),
            place=veil.text(tell_place(geo)),
            country=find_country(geo),
            language=tell_language(veil.text(language)),
            device=veil.text(tell_device(device)),
        )


def _tell_lasting(presence: Presence, started_at_ms: int | None) -> SafeString:
    match presence.kind:
        case "here":
            return tell_span(started_at_ms)
        case "held":
            return tell_clock(presence.since_ms)
        case _:
            return tell_span(presence.since_ms)
