"""One line of commerce: what it is, more about it, and what it amounts to."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from lpcontext.masking import Masker
from lpcontext.panel.wording.money import format_money
from lpcontext.panel.wording.numbers import format_count, format_number
from lpcontext.panel.wording.phrases import join_words
from lpcontext.visits import FAILED_STATUSES, Cart, Lead, ProductLine, Purchase, Service, format_service_status

LINES = 8
"""How many lines of one cart are shown."""


class CommerceLine(msgspec.Struct, frozen=True):
    """`amount` stands on the right; `tone` is "", "sum" or "bad"."""

    name: str
    note: str | None = None
    amount: str | None = None
    tone: str = ""
    id: str = ""


def list_cart_lines(cart: Cart, masker: Masker) -> Iterator[CommerceLine]:
    """The page's own count first: it need not be the sum of the quantities."""
    lines, items = len(cart.lines), cart.item_count
    counted = format_count(lines, "line") if items is None else format_count(items, "item")
    yield CommerceLine(counted, None, masker.money(format_money(cart.total, cart.currency)), "sum")
    for line in cart.lines[:LINES]:
        yield build_product_line(line, cart.currency, masker)


def list_order_lines(order: Purchase, masker: Masker) -> Iterator[CommerceLine]:
    name = f"Order {order.order_id}" if order.order_id else "Order"
    note = "sent before" if order.repeated else None
    yield CommerceLine(masker.text(name), note, masker.money(format_money(order.total, order.currency)), "sum")
    for line in order.cart.lines[:LINES] if order.cart else ():
        yield build_product_line(line, (order.cart and order.cart.currency) or order.currency, masker)


def build_product_line(line: ProductLine, currency: str | None, masker: Masker) -> CommerceLine:
    product, quantity = line.product, format_number(line.quantity)
    price = masker.money(format_money(product.price, currency))
    named = product.name or product.sku or product.category or "Product without a name"
    note = join_words(*(part for part in (product.sku, product.category) if part != named))
    amount = join_words(quantity, price, by=" × ") if price else quantity
    return CommerceLine(masker.text(named), masker.text(note), amount)


def build_lead_line(lead: Lead, masker: Masker) -> CommerceLine:
    note = join_words(lead.lead_id, f"ticket {lead.ticket_id}" if lead.ticket_id else None)
    return CommerceLine(
        masker.text(lead.topic or "Lead"), masker.text(note), masker.money(format_money(lead.value, lead.currency))
    )


def build_service_line(service: Service, masker: Masker) -> CommerceLine:
    note = join_words(service.category, service.service_id)
    tone = "bad" if service.status in FAILED_STATUSES else ""
    status = format_service_status(service.status)
    return CommerceLine(masker.text(service.topic or "Service"), masker.text(note), status, tone)
