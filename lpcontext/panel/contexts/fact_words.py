"""What the page reported, as a few words: one function for each kind of fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from lpcontext.panel.contexts.facts import join_words
from lpcontext.panel.money import count_of, tell_money
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


class Telling(NamedTuple):
    """`tone` is "" or "bad"."""

    icon: str
    text: str
    tone: str = ""


def tell_fact(kind: str, fact: EngagementAttribute) -> Telling:
    """`kind` is LivePerson's own word, for events nobody here knows."""
    if isinstance(fact, UnknownAttribute):
        return _tell_unknown(kind, fact)
    return _TELL[type(fact)](fact)


def kind_of(fact: EngagementAttribute) -> str:
    """Which filter finds it: error, cart, or about (what the page merely told)."""
    kind = _KINDS.get(type(fact), "about")
    return "error" if kind == "about" and isinstance(fact, Service) and fact.status in FAILED_STATUSES else kind


def _tell_error(error: VisitorError) -> Telling:
    told = error.message or (f"Error {error.code}" if error.code else "Error")
    return Telling("alert", f"{told} (resolved)") if error.resolved else Telling("alert", told, "bad")


def _tell_cart(cart: Cart) -> Telling:
    if cart.item_count == 0 or (cart.item_count is None and cart.total == 0 and not cart.lines):
        return Telling("cart", "Cart emptied")
    items = None if cart.item_count is None else count_of(cart.item_count, "item")
    told = join_words(items, tell_money(cart.total, cart.currency), by=", ")
    return Telling("cart", f"Cart: {told}" if told else "Cart changed")


def _tell_purchase(order: Purchase) -> Telling:
    told = join_words(tell_money(order.total, order.currency), order.order_id)
    return Telling("bag", f"Ordered: {told}" if told else "Ordered")


def _tell_viewed(viewed: ViewedProducts) -> Telling:
    if not viewed.lines:
        return Telling("tag", "Viewed a product")
    first, more = viewed.lines[0], len(viewed.lines) - 1
    told = join_words(_name_product(first), tell_money(first.product.price, viewed.currency), by=", ")
    return Telling("tag", f"Viewed {told} and {more:,} more" if more else f"Viewed {told}")


def _name_product(line: ProductLine) -> str:
    return line.product.name or line.product.sku or line.product.category or "a product"


def _tell_service(service: Service) -> Telling:
    status = format_service_status(service.status)
    told = f"{service.topic or 'Service'}: {status}" if status else service.topic or "Service"
    return Telling("service", told, "bad" if service.status in FAILED_STATUSES else "")


def _tell_lead(lead: Lead) -> Telling:
    told = join_words(lead.topic, tell_money(lead.value, lead.currency), by=", ")
    return Telling("lead", f"Lead: {told}" if told else "Lead")


def _tell_person(person: Person) -> Telling:
    name = join_words(person.name, person.surname, by=" ")
    return Telling("person", f"Told a name: {name}" if name else "Told personal details")


def _tell_customer(customer: Customer) -> Telling:
    return Telling("person", join_words("Customer", customer.customer_id, customer.type, customer.status) or "")


def _tell_marketing(marketing: Marketing) -> Telling:
    told = join_words(format_channel(marketing.channel), marketing.affiliate, marketing.campaign_id)
    return Telling("came", f"Came by {told}" if told else "Came by a campaign")


def _tell_search(search: SiteSearch) -> Telling:
    words = ", ".join(f"“{word}”" for word in search.keywords)
    return Telling("search", f"Searched {words}" if words else "Searched")


def _tell_unknown(kind: str, fact: UnknownAttribute) -> Telling:
    fields = ", ".join(f"{name} {value}" for name, value in fact.fields[:_UNKNOWN_FIELDS])
    return Telling("dot", f"{kind}: {fields}" if fields else kind)


_TELL: Mapping[type, Callable[[Any], Telling]] = MappingProxyType(
    {
        VisitorError: _tell_error,
        Cart: _tell_cart,
        Purchase: _tell_purchase,
        ViewedProducts: _tell_viewed,
        Service: _tell_service,
        Lead: _tell_lead,
        Person: _tell_person,
        Customer: _tell_customer,
        Marketing: _tell_marketing,
        SiteSearch: _tell_search,
    }
)
_KINDS: Mapping[type, str] = MappingProxyType(
    {VisitorError: "error", Cart: "cart", Purchase: "cart", ViewedProducts: "cart"}
)
