"""What they want to buy, bought or looked at: carts, purchases, products, leads (contract 4.8, 4.10)."""

from __future__ import annotations

from lpcontext.reading import SHORT_TEXT_LIMIT, Reader
from lpcontext.visits.model import Cart, Lead, Product, ProductLine, Purchase, ViewedProducts

_NO_PRODUCT = Product()
_NO_CART = Cart()
_MOST_PRODUCTS = 500


def read_cart(cart: Reader) -> Cart:
    return Cart(
        total=cart.number("total"),
        item_count=cart.integer("numItems"),
        currency=cart.text("currency"),
        lines=read_product_lines(cart, "products"),
    )


def read_product_lines(holder: Reader, name: str) -> tuple[ProductLine, ...]:
    """The products of a list, each wrapped in `product` or bare; an item that names no product is left out."""
    lines = []
    for item in holder.children(name, most=_MOST_PRODUCTS):
        product = _read_product(item.unwrapped("product"))
        if product != _NO_PRODUCT:
            lines.append(ProductLine(product=product, quantity=item.number("quantity")))
    return tuple(lines)


def _read_product(product: Reader) -> Product:
    return Product(
        name=product.text("name", limit=SHORT_TEXT_LIMIT),
        category=product.text("category"),
        sku=product.text("sku"),
        price=product.number("price"),
    )


def read_purchase(purchase: Reader) -> Purchase:
    """A purchase, from the aggregate (with sequence and repeat flag) or from an event.

    The currency is on the purchase, on its cart (history-sde-purchase), or on both (lpsdes-chat).
    """
    inner = purchase.child("cart")
    cart = read_cart(inner) if inner else _NO_CART
    return Purchase(
        order_id=purchase.text("orderId"),
        total=purchase.number("total"),
        currency=purchase.text("currency") or cart.currency,
        repeated=purchase.flag("repeatedOrderId"),
        sequence_id=purchase.text("purchaseSeqId"),
        cart=cart if cart != _NO_CART else None,
    )


def read_viewed(viewed: Reader) -> ViewedProducts:
    return ViewedProducts(currency=viewed.text("currency"), lines=read_product_lines(viewed, "products"))


def read_lead(lead: Reader) -> Lead:
    return Lead(
        topic=lead.text("topic"),
        value=lead.number("value"),
        currency=lead.text("currency"),
        lead_id=lead.text("leadId"),
        ticket_id=lead.text("ticketId"),
        sequence_id=lead.text("leadSeqId"),
        repeated=lead.flag("repeatedLeadId"),
    )
