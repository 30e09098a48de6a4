"""A cart that had something in it and has nothing now, with no purchase between."""

from __future__ import annotations

from collections.abc import Iterator

from lpcontext.visits.attention.model import Attention, find_page_title
from lpcontext.visits.model import Cart, Event, Purchase, Visit


def find_emptied_cart(visit: Visit) -> Iterator[Attention]:
    """The cart was emptied: proven by an earlier cart with items, an empty one now, and nothing bought in between.

    A purchase that is listed without an event has no time, so it may be what emptied the cart: then we are silent.
    """
    full = _find_last_full_cart(visit.events)
    later = visit.events[full + 1 :] if full is not None else ()
    emptied = next((event for event in later if isinstance(event.attribute, Cart)), None)
    carts = (event.attribute for event in reversed(later) if isinstance(event.attribute, Cart))
    latest = visit.cart or next(carts, None)
    if full is None or latest is None or not _is_empty(latest) or _was_bought(visit, later):
        return
    before = visit.events[full].attribute
    yield Attention(
        kind="cart-emptied",
        severity="warn",
        title="Cart emptied",
        detail=_count_items(before) if isinstance(before, Cart) else None,
        at_ms=emptied.at_ms if emptied else None,
        page_title=find_page_title(visit, emptied.page_id) if emptied else None,
    )


def _find_last_full_cart(events: tuple[Event, ...]) -> int | None:
    places = range(len(events) - 1, -1, -1)
    carts = ((place, events[place].attribute) for place in places)
    return next((place for place, cart in carts if isinstance(cart, Cart) and _is_full(cart)), None)


def _is_full(cart: Cart) -> bool:
    return bool(cart.item_count) or (cart.item_count is None and bool(cart.lines))


def _is_empty(cart: Cart) -> bool:
    """Said to be empty: no items by its own count, or without one, no lines and nothing to pay."""
    if cart.lines:
        return False
    return cart.item_count == 0 or (cart.item_count is None and cart.total == 0)


def _was_bought(visit: Visit, later: tuple[Event, ...]) -> bool:
    if any(isinstance(event.attribute, Purchase) for event in later):
        return True
    reported = sum(isinstance(event.attribute, Purchase) for event in visit.events)
    return len(visit.purchases) > reported


def _count_items(cart: Cart) -> str:
    count = cart.item_count if cart.item_count is not None else len(cart.lines)
    return "1 item before" if count == 1 else f"{count} items before"
