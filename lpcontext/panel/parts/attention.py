"""What somebody should know before the caller says it: with an icon and words, worst first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from zlib import crc32

from django.utils.safestring import SafeString

from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.wording.phrases import join_words, shorten
from lpcontext.panel.wording.time_tags import format_ago
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
class AttentionContext:
    concerns: tuple[Concern, ...]
    more: str


def select_attention(content: PanelContent) -> tuple[Attention, ...] | None:
    return content.attention or None


def build_attention(found: tuple[Attention, ...], masker: Masker) -> AttentionContext:
    concerns: dict[str, Concern] = {}  # ids are unique on a page: what reads the same is shown once
    for attention in found:
        concern = _build_concern(attention, masker)
        concerns.setdefault(concern.id, concern)
    hidden = len(concerns) - _SHOWN
    return AttentionContext(
        concerns=tuple(concerns.values())[:_SHOWN],
        more=f"and {hidden:,} more" if hidden > 0 else "",
    )


def _make_id(attention: Attention) -> str:
    text = f"{attention.kind} {attention.title} {attention.detail} {attention.page_title}"
    return f"c{crc32(text.encode()):08x}"


def _build_concern(attention: Attention, masker: Masker) -> Concern:
    detail = _describe_detail(attention)
    counted = attention.count > 1 and attention.kind in _COUNTED
    return Concern(
        id=_make_id(attention),
        icon=_ICONS.get(attention.kind, "alert"),
        tone=attention.severity,
        title=masker.text(attention.title),
        times=f"× {attention.count:,}" if counted else "",
        detail=masker.text(detail or ""),
        joint=" · " if detail and attention.at_ms else "",
        when=format_ago(attention.at_ms),
    )


def _describe_detail(attention: Attention) -> str | None:
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
