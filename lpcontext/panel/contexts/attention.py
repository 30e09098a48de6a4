"""What somebody should know before the caller says it: with an icon and words, worst first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar
from zlib import crc32

from django.utils.safestring import SafeString

from lpcontext.panel.contexts.facts import join_words, shorten
from lpcontext.panel.moments import tell_ago
from lpcontext.panel.veil import Veil
from lpcontext.visits import Attention

_SHOWN = 6
_COUNTED = frozenset({"error", "service", "offer-refused"})  # the others say their number in the title
_ICONS: Mapping[str, str] = MappingProxyType(
    {
        "error": "alert",
        "service": "service",
        "loop": "refresh",
        "cart-emptied": "cart",
        "offer-refused": "offer",
        "control-group": "dot",
    }
)


@dataclass(frozen=True, slots=True)
class Concern:
    """`id` is the same for the same trouble, so that it keeps its element when another comes before it."""

    id: str
    icon: str
    tone: str
    title: str
    times: str
    detail: str
    joint: str
    when: SafeString


@dataclass(frozen=True, slots=True)
class NeedsAttention:
    template: ClassVar = "panel/_attention.html"

    concerns: tuple[Concern, ...]
    more: str

    @classmethod
    def of(cls, found: tuple[Attention, ...], veil: Veil) -> NeedsAttention | None:
        if not found:
            return None
        told: dict[str, Concern] = {}  # ids are unique on a page: what reads the same is told once
        for attention in found:
            concern = _tell(attention, veil)
            told.setdefault(concern.id, concern)
        hidden = len(told) - _SHOWN
        return cls(
            concerns=tuple(told.values())[:_SHOWN],
            more=f"and {hidden:,} more" if hidden > 0 else "",
        )


def _name(attention: Attention) -> str:
    told = f"{attention.kind} {attention.title} {attention.detail} {attention.page_title}"
    return f"c{crc32(told.encode()):08x}"


def _tell(attention: Attention, veil: Veil) -> Concern:
    detail = _tell_detail(attention)
    counted = attention.count > 1 and attention.kind in _COUNTED
    return Concern(
        id=_name(attention),
        icon=_ICONS.get(attention.kind, "alert"),
        tone=attention.severity,
        title=veil.text(attention.title),
        times=f"× {attention.count:,}" if counted else "",
        detail=veil.text(detail or ""),
        joint=" · " if detail and attention.at_ms else "",
        when=tell_ago(attention.at_ms),
    )


def _tell_detail(attention: Attention) -> str | None:
    page = shorten(attention.page_title) if attention.page_title else None
    place = f"on {page}" if page else None
    match attention.kind:
        case "error":
            code = f"Error {attention.detail}" if attention.detail else "Error"
            return join_words(join_words(code, place, by=" "), "not resolved", by=", ")
        case "offer-refused":
            return join_words(join_words(attention.detail, place, by=" "), "no answer", by=", ")
        case "loop":
            return join_words(page, attention.detail, by=", ")
        case _:
            return join_words(attention.detail, place, by=" ")
