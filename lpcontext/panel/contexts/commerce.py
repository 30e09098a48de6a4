"""What is in the cart, what was bought, looked at, asked for; each amount in the currency it was told in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from django.utils.safestring import SafeString
from msgspec.structs import replace

from lpcontext.panel.contexts.goods import LINES, Good, tell_cart, tell_lead, tell_line, tell_order, tell_service
from lpcontext.panel.moments import tell_ago
from lpcontext.panel.veil import Veil
from lpcontext.visits import Cart, Lead, ProductLine, Purchase, Service

_ORDERS = 3
_OTHERS = 5

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    title: str
    goods: tuple[Good, ...]
    more: str = ""
    aside: SafeString | None = None


@dataclass(frozen=True, slots=True)
class Commerce:
    template: ClassVar = "panel/_commerce.html"

    groups: tuple[Group, ...]

    @classmethod
    def of(
        cls,
        cart: Cart | None,
        cart_changed_at_ms: int | None,
        purchases: tuple[Purchase, ...],
        viewed: tuple[ProductLine, ...],
        leads: tuple[Lead, ...],
        services: tuple[Service, ...],
        veil: Veil,
    ) -> Commerce | None:
        groups = (
            _group_cart(cart, cart_changed_at_ms, veil),
            _group("orders", "Orders", purchases, lambda order: tell_order(order, veil), most=_ORDERS),
            _group("viewed", "Viewed", viewed, lambda line: (tell_line(line, None, veil),)),
            _group("leads", "Leads", leads, lambda lead: (tell_lead(lead, veil),)),
            _group("service", "Service", services, lambda service: (tell_service(service, veil),)),
        )
        found = tuple(group for group in groups if group)
        return cls(groups=found) if found else None


def _group_cart(cart: Cart | None, changed_at_ms: int | None, veil: Veil) -> Group | None:
    if cart is None:
        return None
    title = "Cart, empty" if cart.item_count == 0 else "Cart"
    goods = _name_goods("cart", tell_cart(cart, veil))
    return Group("cart", title, goods, _tell_more(len(cart.lines) - LINES), tell_ago(changed_at_ms))


def _group(
    group_id: str, title: str, told: Sequence[T], tell: Callable[[T], Iterable[Good]], *, most: int = _OTHERS
) -> Group | None:
    """The newest, which LivePerson tells last. Ids count from the first: an older line keeps its element."""
    if not told:
        return None
    newest = list(enumerate(told))[: -most - 1 : -1]
    goods = tuple(good for place, one in newest for good in _name_goods(f"{group_id}-{place}", tell(one)))
    return Group(group_id, title, goods, _tell_more(len(told) - most))


def _name_goods(prefix: str, goods: Iterable[Good]) -> tuple[Good, ...]:
    return tuple(replace(good, id=f"{prefix}-{place}") for place, good in enumerate(goods))


def _tell_more(hidden: int) -> str:
    return f"and {hidden:,} more" if hidden > 0 else ""
