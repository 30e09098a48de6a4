"""What is in the cart, what was bought, looked at, asked for."""

from __future__ import annotations

from lpcontext.visits import (
    Cart,
    Lead,
    Purchase,
    Visit,
)
from lpcontext.visits.model import Product, ProductLine
from tests.panel.render_helpers import look, read


def test_a_cart_shows_the_pages_own_count_before_its_lines() -> None:
    lines = (ProductLine(product=Product(name="prod1", sku="sku", category="category", price=7.8), quantity=1),)
    text = read(look(Visit(cart=Cart(total=11.7, item_count=6, currency="EUR", lines=lines))), "commerce")

    assert text.endswith("Cart 6 items EUR 11.70 prod1 sku · category 1 × EUR 7.80")


def test_long_lists_say_what_they_leave_out() -> None:
    line = ProductLine(product=Product(name="shoe"))
    body = look(Visit(viewed=(line,) * 9, leads=(Lead(topic="drive"),) * 6, purchases=(Purchase(order_id="1"),) * 5))
    text = read(body, "commerce")

    assert "Orders Order 1 Order 1 Order 1 and 2 more" in text
    assert "and 4 more" in text
    assert "and 1 more" in text
