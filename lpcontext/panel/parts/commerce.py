"""What is in the cart, what was bought, looked at, asked for; each amount in the currency it was reported in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from django.utils.safestring import SafeString
from msgspec.structs import replace

from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.rows.commerce_lines import (
    LINES,
    CommerceLine,
    build_lead_line,
    build_product_line,
    build_service_line,
    list_cart_lines,
    list_order_lines,
)
from lpcontext.panel.wording.time_tags import format_ago
from lpcontext.visits import Cart, Lead, ProductLine, Purchase, Service, Visit

_ORDERS = 3
_OTHERS = 5

T = TypeVar("T")


class CommercePieces(NamedTuple):
    cart: Cart | None
    cart_changed_at_ms: int | None
    purchases: tuple[Purchase, ...]
    viewed: tuple[ProductLine, ...]
    leads: tuple[Lead, ...]
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class CommerceGroup:
    id: str
    title: str
    lines: tuple[CommerceLine, ...]
    more: str = ""
    aside: SafeString | None = None


@dataclass(frozen=True, slots=True)
class CommerceContext:
    groups: tuple[CommerceGroup, ...]


def select_commerce(content: PanelContent) -> CommercePieces | None:
    visit = content.visit
    if visit is None:
        return None
    changed_at_ms = _find_cart_change(visit)
    return CommercePieces(visit.cart, changed_at_ms, visit.purchases, visit.viewed, visit.leads, visit.services)


def build_commerce(pieces: CommercePieces, masker: Masker) -> CommerceContext | None:
    groups = (
        _group_cart(pieces.cart, pieces.cart_changed_at_ms, masker),
        _group("orders", "Orders", pieces.purchases, lambda order: list_order_lines(order, masker), most=_ORDERS),
        _group("viewed", "Viewed", pieces.viewed, lambda line: (build_product_line(line, None, masker),)),
        _group("leads", "Leads", pieces.leads, lambda lead: (build_lead_line(lead, masker),)),
        _group("service", "Service", pieces.services, lambda service: (build_service_line(service, masker),)),
    )
    found = tuple(group for group in groups if group)
    return CommerceContext(groups=found) if found else None


def _find_cart_change(visit: Visit) -> int | None:
    """When the cart was last reported."""
    for event in reversed(visit.events):
        if isinstance(event.attribute, Cart):
            return event.at_ms
    return None


def _group_cart(cart: Cart | None, changed_at_ms: int | None, masker: Masker) -> CommerceGroup | None:
    if cart is None:
        return None
    title = "Cart, empty" if cart.item_count == 0 else "Cart"
    lines = _give_ids("cart", list_cart_lines(cart, masker))
    return CommerceGroup("cart", title, lines, _describe_hidden(len(cart.lines) - LINES), format_ago(changed_at_ms))


def _group(
    group_id: str,
    title: str,
    reported: Sequence[T],
    build: Callable[[T], Iterable[CommerceLine]],
    *,
    most: int = _OTHERS,
) -> CommerceGroup | None:
    """The newest, which LivePerson names last. Ids count from the first: an older line keeps its element."""
    if not reported:
        return None
    newest = list(enumerate(reported))[: -most - 1 : -1]
    lines = tuple(line for place, one in newest for line in _give_ids(f"{group_id}-{place}", build(one)))
    return CommerceGroup(group_id, title, lines, _describe_hidden(len(reported) - most))


def _give_ids(prefix: str, lines: Iterable[CommerceLine]) -> tuple[CommerceLine, ...]:
    return tuple(replace(line, id=f"{prefix}-{place}") for place, line in enumerate(lines))


def _describe_hidden(hidden: int) -> str:
    return f"and {hidden:,} more" if hidden > 0 else ""
