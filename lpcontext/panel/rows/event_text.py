"""What the page reported, as a few words: one function for each kind of engagement attribute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from lpcontext.panel.wording.money import format_money
from lpcontext.panel.wording.numbers import format_count
from lpcontext.panel.wording.phrases import join_words
from lpcontext.visits import (
    FAILED_STATUSES,
    Cart,
    Customer,
    EngagementAttribute,
    Lead,
    Marketing,
    Person,
    ProductLine,
    Purchase,
    Service,
    SiteSearch,
    UnknownAttribute,
    ViewedProducts,
    VisitorError,
    format_channel,
    format_service_status,
)

_UNKNOWN_FIELDS = 4


class EventText(NamedTuple):
    """`tone` is "" or "bad"."""

    icon: str
    text: str
    tone: str = ""


def describe_event(kind: str, attribute: EngagementAttribute) -> EventText:
    """`kind` is LivePerson's own word, for events nobody here knows."""
    if isinstance(attribute, UnknownAttribute):
        return _describe_unknown(kind, attribute)
    return _DESCRIBE[type(attribute)](attribute)


def find_filter_kind(attribute: EngagementAttribute) -> str:
    """Which filter finds it: error, cart, or about (what the page merely reported)."""
    kind = _KINDS.get(type(attribute), "about")
    has_failed = isinstance(attribute, Service) and attribute.status in FAILED_STATUSES
    return "error" if kind == "about" and has_failed else kind


def _describe_error(error: VisitorError) -> EventText:
    text = error.message or (f"Error {error.code}" if error.code else "Error")
    return EventText("alert", f"{text} (resolved)") if error.resolved else EventText("alert", text, "bad")


def _describe_cart(cart: Cart) -> EventText:
    if cart.item_count == 0 or (cart.item_count is None and cart.total == 0 and not cart.lines):
        return EventText("cart", "Cart emptied")
    items = None if cart.item_count is None else format_count(cart.item_count, "item")
    text = join_words(items, format_money(cart.total, cart.currency), by=", ")
    return EventText("cart", f"Cart: {text}" if text else "Cart changed")


def _describe_purchase(order: Purchase) -> EventText:
    text = join_words(format_money(order.total, order.currency), order.order_id)
    return EventText("bag", f"Ordered: {text}" if text else "Ordered")


def _describe_viewed(viewed: ViewedProducts) -> EventText:
    if not viewed.lines:
        return EventText("tag", "Viewed a product")
    first, more = viewed.lines[0], len(viewed.lines) - 1
    text = join_words(_name_product(first), format_money(first.product.price, viewed.currency), by=", ")
    return EventText("tag", f"Viewed {text} and {more:,} more" if more else f"Viewed {text}")


def _name_product(line: ProductLine) -> str:
    return line.product.name or line.product.sku or line.product.category or "a product"


def _describe_service(service: Service) -> EventText:
    status = format_service_status(service.status)
    text = f"{service.topic or 'Service'}: {status}" if status else service.topic or "Service"
    return EventText("service", text, "bad" if service.status in FAILED_STATUSES else "")


def _describe_lead(lead: Lead) -> EventText:
    text = join_words(lead.topic, format_money(lead.value, lead.currency), by=", ")
    return EventText("lead", f"Lead: {text}" if text else "Lead")


def _describe_person(person: Person) -> EventText:
    name = join_words(person.name, person.surname, by=" ")
    return EventText("person", f"Told a name: {name}" if name else "Told personal details")


def _describe_customer(customer: Customer) -> EventText:
    return EventText("person", join_words("Customer", customer.customer_id, customer.type, customer.status) or "")


def _describe_marketing(marketing: Marketing) -> EventText:
    text = join_words(format_channel(marketing.channel), marketing.affiliate, marketing.campaign_id)
    return EventText("came", f"Came by {text}" if text else "Came by a campaign")


def _describe_search(search: SiteSearch) -> EventText:
    words = ", ".join(f"“{word}”" for word in search.keywords)
    return EventText("search", f"Searched {words}" if words else "Searched")


def _describe_unknown(kind: str, attribute: UnknownAttribute) -> EventText:
    fields = ", ".join(f"{name} {value}" for name, value in attribute.fields[:_UNKNOWN_FIELDS])
    return EventText("dot", f"{kind}: {fields}" if fields else kind)


_DESCRIBE: Mapping[type, Callable[[Any], EventText]] = MappingProxyType(
    {
        VisitorError: _describe_error,
        Cart: _describe_cart,
        Purchase: _describe_purchase,
        ViewedProducts: _describe_viewed,
        Service: _describe_service,
        Lead: _describe_lead,
        Person: _describe_person,
        Customer: _describe_customer,
        Marketing: _describe_marketing,
        SiteSearch: _describe_search,
    }
)
_KINDS: Mapping[type, str] = MappingProxyType(
    {VisitorError: "error", Cart: "cart", Purchase: "cart", ViewedProducts: "cart"}
)
