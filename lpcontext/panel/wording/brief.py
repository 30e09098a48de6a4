"""The call in a sentence or two: who, where, what went wrong, what is waiting in the cart.

Rules, not a model: the same visit always gives the same words, and every fact in them is on the panel a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from lpcontext.masking import Masker
from lpcontext.panel.wording.money import format_money
from lpcontext.panel.wording.phrases import shorten
from lpcontext.panel.wording.place import format_place
from lpcontext.panel.wording.presence import Presence
from lpcontext.panel.wording.time_tags import format_clock, format_span
from lpcontext.visits import Attention, Cart, Customer, Geo, Page, Purchase

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
_TIMES = {1: "", 2: " twice", 3: " three times"}


class BriefPieces(NamedTuple):
    name: str | None
    customer: Customer | None
    geo: Geo | None
    page: Page | None
    presence: Presence
    attention: tuple[Attention, ...]
    cart: Cart | None
    purchases: tuple[Purchase, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Read as: {who} {does} **{page}** {when}{trouble}. {commerce}"""

    who: str
    does: str
    page: str | None
    when: SafeString
    trouble: str
    commerce: str

    @classmethod
    def of(cls, pieces: BriefPieces, masker: Masker) -> Brief:
        page = pieces.page
        title = masker.text(page.title) if page else None
        here = pieces.presence.kind == "here"
        started = page.started_at_ms if page and title else None
        return cls(
            who=masker.text(_describe_caller(masker.name(pieces.name), pieces.customer, pieces.geo)),
            does=_describe_activity(here=here, page=title),
            page=shorten(title) if title else None,
            when=format_span(started) if here else _format_at(started),
            trouble=masker.text(_describe_trouble(pieces.attention)),
            commerce=_describe_commerce(pieces.cart, pieces.purchases, masker),
        )


def _format_at(at_ms: int | None) -> SafeString:
    clock = format_clock(at_ms)
    return format_html("at {}", clock) if clock else clock


def _describe_caller(name: str | None, customer: Customer | None, geo: Geo | None) -> str:
    kind = customer.type if customer else None
    if name:
        return f"{name}, {kind} customer," if kind else name
    place = format_place(geo)
    described = f"{kind} customer" if kind else "visitor"
    return f"An unnamed {described} from {place}" if place else f"An unnamed {described}"


def _describe_activity(*, here: bool, page: str | None) -> str:
    if page:
        return "has been on" if here else "was last on"
    return "is on the site" if here else "was on the site"


def _describe_trouble(attention: tuple[Attention, ...]) -> str:
    """The worst of what needs attention, in the words of the page that reported it."""
    worst = next((one for one in attention if one.kind != "control-group"), None)
    if worst is None:
        return ""
    match worst.kind:
        case "error":
            times = _TIMES.get(worst.count, f" {worst.count:,} times")
            return f" and met “{shorten(worst.title)}”{times}"
        case "service":
            return f"; “{shorten(worst.title)}” is {(worst.detail or 'not done').lower()}"
        case "loop":
            return f"; “{shorten(worst.page_title or 'the same page')}” was opened {worst.count:,} times"
        case "cart-emptied":
            return "; the cart was emptied"
        case _:
            return "; an offer was not answered"


def _describe_commerce(cart: Cart | None, purchases: tuple[Purchase, ...], masker: Masker) -> str:
    count = cart.item_count if cart else None
    if cart and count and count > 0:
        total = masker.money(format_money(cart.total, cart.currency))
        amount = f", {total}," if total else ""
        items, wait = ("item", "is") if count == 1 else ("items", "are")
        return f"{_spell_number(count)} {items}{amount} {wait} waiting in the cart."
    if purchases:
        total = masker.money(format_money(purchases[-1].total, purchases[-1].currency))
        return f"An order of {total} was placed in this visit." if total else "An order was placed in this visit."
    return ""


def _spell_number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
