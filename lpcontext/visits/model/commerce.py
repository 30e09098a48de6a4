"""What the visitor wants to buy, bought or looked at."""

from __future__ import annotations

from lpcontext.visits.model.value import AttributeValue, VisitValue


class Product(VisitValue, frozen=True):
    name: str | None = None
    category: str | None = None
    sku: str | None = None
    price: float | None = None


class ProductLine(VisitValue, frozen=True):
    """A product and how many of it; None where nobody says, as for viewed products."""

    product: Product
    quantity: float | None = None


class Cart(AttributeValue, frozen=True, tag="cart"):
    """`item_count` is what the page reported, which need not be the sum of the quantities."""

    total: float | None = None
    item_count: int | None = None
    currency: str | None = None
    lines: tuple[ProductLine, ...] = ()


class Purchase(AttributeValue, frozen=True, tag="purchase"):
    order_id: str | None = None
    total: float | None = None
    currency: str | None = None
    repeated: bool | None = None
    sequence_id: str | None = None
    cart: Cart | None = None


class ViewedProducts(AttributeValue, frozen=True, tag="viewed"):
    currency: str | None = None
    lines: tuple[ProductLine, ...] = ()


class Lead(AttributeValue, frozen=True, tag="lead"):
    topic: str | None = None
    value: float | None = None
    currency: str | None = None
    lead_id: str | None = None
    ticket_id: str | None = None
    sequence_id: str | None = None
    repeated: bool | None = None
