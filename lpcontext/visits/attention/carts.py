"""A cart that had something in it and has nothing now, with no purchase between."""

from __future__ import annotations

from collections.abc import Iterator

from lpcontext.visits.attention.model import Attention, title_of_page
from lpcontext.visits.model import Cart, Event, Purchase, Visit


def find_emptied_cart(visit: Visit) -> Iterator[Attention]:
    """The cart was emptied: proven by an earlier cart with items, an empty one now, and nothing bought in between.

    A purchase that is listed without an event has no time, so it may be what emptied the cart: then we are silent.
    """
    full = _last_full_cart(visit.events)
    later = visit.events[full + 1 :] if full is not None else ()
    emptied = next((event for event in later if isinstance(event.attribute, Cart)), None)
    latest = visit.cart or next(
        (event.attribute for event in reversed(later) if isinstance(event.attribute, Cart)), None
    )
    if full is None or latest is None or not _is_empty(latest) or _was_bought(visit, later):
        return
    before = visit.events[full].attribute
    yield Attention(
        kind="cart-emptied",
        severity="warn",
        title="Cart emptied",
        detail=_count_items(before) if isinstance(before, Cart) else None,
        at_ms=emptied.at_ms if emptied else None,
        page_title=title_of_page(visit, emptied.page_id) if emptied else None,
    )


def _last_full_cart(events: tuple[Event, ...]) -> int | None:
    places = range(len(events) - 1, -1, -1)
    return next(
        (place for place in places if isinstance(cart := events[place].attribute, Cart) and _is_full(cart)), None
    )


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
    told = sum(isinstance(event.attribute, Purchase) for event in visit.events)
    return len(visit.purchases) > told


def _count_items(cart: Cart) -> str:
    count = cart.item_count if cart.item_count is not None else len(cart.lines)
    return "1 item before" if count == 1 else f"{count} items before"
