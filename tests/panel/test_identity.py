"""Who this is, and the call in a sentence or two."""

from __future__ import annotations

import pytest

from lpcontext.visits import (
    Cart,
    Customer,
    Geo,
    Visit,
    VisitorError,
)
from tests.panel.render_helpers import CALLER, documented_visit, event, look, markup_of, page, read


def test_a_caller_with_a_name_is_described_in_a_sentence_or_two() -> None:
    visit = Visit(
        person=CALLER,
        customer=Customer(type="vip"),
        pages=(page(0, title="Payment"),),
        events=(event(VisitorError(message="Expiration date missing")),) * 2,
        cart=Cart(total=11.7, item_count=6),
    )

    assert (
        "John Doe, vip customer, has been on Payment since 13:48 UTC and met “Expiration date missing” twice. "
        "Six items, 11.70, are waiting in the cart." in read(look(visit), "identity")
    )


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "One item, 5.00, is waiting in the cart."),
        (12, "Twelve items, 5.00, are waiting in the cart."),
        (1300, "1,300 items, 5.00, are waiting in the cart."),
    ],
)
def test_the_cart_is_counted_in_words(count: int, words: str) -> None:
    assert words in read(look(Visit(cart=Cart(total=5, item_count=count))), "identity")


def test_an_empty_cart_waits_for_nobody() -> None:
    body = look(Visit(cart=Cart(total=0, item_count=0)))

    assert "waiting in the cart" not in read(body, "identity")
    assert "Cart, empty" in read(body, "commerce")


def test_somebody_without_a_name_is_described_by_their_place() -> None:
    text = read(look(Visit(geo=Geo(city="Tel Aviv", state="Tel Aviv", country="Israel"))), "identity")

    assert "An unnamed visitor from Tel Aviv, Israel is on the site." in text
    assert "the page has reported no name" in text


def test_identity_shows_status_balance_and_masked_contacts() -> None:
    text = read(look(documented_visit()), "identity")

    assert "reported by the page, not verified" in text
    assert "vip cancelled Balance −400.99 Customer 138766AC" in text
    assert text.index("m•••••@example.com") < text.index("+1 •••-•••-8877")


def test_a_status_that_matters_stands_out() -> None:
    markup = markup_of(look(documented_visit()), "identity")

    assert '<span class="chip warn"><bdi>cancelled</bdi></span>' in markup
    assert '<span class="chip "><bdi>vip</bdi></span>' in markup
