"""One line of commerce: what it is, more about it, and what it amounts to."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from lpcontext.panel.contexts.facts import join_words
from lpcontext.panel.money import count_of, tell_money, tell_number
from lpcontext.panel.veil import Veil
from lpcontext.visits import FAILED_STATUSES, Cart, Lead, ProductLine, Purchase, Service, format_service_status

LINES = 8
"""How many lines of one cart are told."""


class Good(msgspec.Struct, frozen=True):
    """`amount` stands on the right; `tone` is "", "sum" or "bad"."""

    name: str
    note: str | None = None
    amount: str | None = None
    tone: str = ""
    id: str = ""


def tell_cart(cart: Cart, veil: Veil) -> Iterator[Good]:
    """The page's own count first: it need not be the sum of the quantities."""
    counted = count_of(len(cart.lines), "line") if cart.item_count is None else count_of(cart.item_count, "item")
    yield Good(counted, None, tell_money(cart.total, cart.currency), "sum")
    for line in cart.lines[:LINES]:
        yield tell_line(line, cart.currency, veil)


def tell_order(order: Purchase, veil: Veil) -> Iterator[Good]:
    name = f"Order {order.order_id}" if order.order_id else "Order"
    note = "sent before" if order.repeated else None
    yield Good(veil.text(name), note, tell_money(order.total, order.currency), "sum")
    for line in order.cart.lines[:LINES] if order.cart else ():
        yield tell_line(line, (order.cart and order.cart.currency) or order.currency, veil)


def tell_line(line: ProductLine, currency: str | None, veil: Veil) -> Good:
    product, quantity = line.product, tell_number(line.quantity)
    price = tell_money(product.price, currency)
    named = product.name or product.sku or product.category or "Product without a name"
    note = join_words(*(part for part in (product.sku, product.category) if part != named))
    return Good(veil.text(named), veil.text(note), join_words(quantity, price, by=" × ") if price else quantity)


def tell_lead(lead: Lead, veil: Veil) -> Good:
    note = join_words(lead.lead_id, f"ticket {lead.ticket_id}" if lead.ticket_id else None)
    return Good(veil.text(lead.topic or "Lead"), veil.text(note), tell_money(lead.value, lead.currency))


def tell_service(service: Service, veil: Veil) -> Good:
    note = join_words(service.category, service.service_id)
    tone = "bad" if service.status in FAILED_STATUSES else ""
    return Good(veil.text(service.topic or "Service"), veil.text(note), format_service_status(service.status), tone)
