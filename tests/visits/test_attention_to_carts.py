"""An emptied cart asks for attention where nothing else explains it."""

from __future__ import annotations

import pytest

from lpcontext.visits.attention.model import Attention
from tests.visits.attentions import PAGES, attention_of, cart_at, purchase_at
from tests.visits.responses import Json


def test_an_emptied_cart_is_reported_with_what_was_in_it() -> None:
    assert attention_of(pages=PAGES, events=[cart_at(110, 6), cart_at(120, 0), cart_at(130, 0)]) == (
        Attention(
            kind="cart-emptied",
            severity="warn",
            title="Cart emptied",
            detail="6 items before",
            at_ms=120,
            page_title="Shop",
        ),
    )


@pytest.mark.parametrize(
    ("case", "events"),
    [
        ("never full", [cart_at(1, 0), cart_at(2, 0)]),
        ("full again", [cart_at(1, 2), cart_at(2, 0), cart_at(3, 1)]),
        ("bought", [cart_at(1, 2), purchase_at(2), cart_at(3, 0)]),
        ("bought after it was cleared", [cart_at(1, 2), cart_at(2, 0), purchase_at(3)]),
        ("no count", [cart_at(1, 2), cart_at(2, None)]),
        ("lines though no count", [cart_at(1, 2), cart_at(2, None, total=0, products=[{"name": "Lamp"}])]),
        ("lines though a count of none", [cart_at(1, 2), cart_at(2, 0, products=[{"name": "Lamp"}])]),
    ],
)
def test_no_cart_was_provably_emptied_when_it_was(case: str, events: list[Json]) -> None:
    assert attention_of(events=events) == (), case


def test_a_cart_filled_again_after_a_purchase_and_then_emptied_is_reported() -> None:
    events = [cart_at(1, 2), purchase_at(2), cart_at(3, 0), cart_at(4, 1), cart_at(5, 0)]

    assert [(item.detail, item.at_ms) for item in attention_of(events=events)] == [("1 item before", 5)]


def test_a_purchase_that_is_only_listed_may_have_emptied_the_cart() -> None:
    assert attention_of(events=[cart_at(1, 2), cart_at(2, 0)], purchases=[{"orderId": "A"}]) == ()


def test_a_purchase_known_to_be_earlier_did_not_empty_the_cart() -> None:
    events = [purchase_at(1), cart_at(2, 2), cart_at(3, 0)]

    assert len(attention_of(events=events, purchases=[{"orderId": "A"}])) == 1


def test_the_cart_of_the_visit_is_the_latest_word() -> None:
    emptied = attention_of(events=[cart_at(1, 2)], cart={"cartStatus": {"numItems": 0, "total": 0}})
    filled = attention_of(events=[cart_at(1, 2), cart_at(2, 0)], cart={"cartStatus": {"numItems": 1}})

    assert [(item.kind, item.at_ms) for item in emptied] == [("cart-emptied", None)]
    assert filled == ()


def test_a_cart_without_a_count_is_judged_by_lines_and_total() -> None:
    events = [cart_at(1, None, total=5, products=[{"name": "Lamp"}]), cart_at(2, None, total=0)]

    assert [item.detail for item in attention_of(events=events)] == ["1 item before"]
