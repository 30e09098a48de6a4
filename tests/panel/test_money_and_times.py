"""Amounts and times, to the letter."""

from __future__ import annotations

import math

import pytest

from lpcontext.panel.wording.money import format_money
from lpcontext.panel.wording.numbers import format_count, format_number
from lpcontext.panel.wording.time_tags import format_ago, format_clock, format_due, format_span


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (11.7, None, "11.70"),
        (-400.99, None, "−400.99"),
        (11.7, "USD", "USD 11.70"),
        (-1234567.5, "EUR", "EUR −1,234,567.50"),
        (1500.0, "JPY", "JPY 1,500"),
        (1500.5, "JPY", "JPY 1,500.50"),
        (1500.0, "isk", "isk 1,500"),
        (1.234, "KWD", "KWD 1.234"),
        (1.2, "TND", "TND 1.200"),
        (0.1234, "CLF", "CLF 0.1234"),
        (3.0, "points", "points 3.00"),
        (0.0, "GBP", "GBP 0.00"),
        (-0.001, None, "0.00"),
        (1e300, None, "1e+300"),
        (5.0, "  ", "5.00"),
        (None, "USD", None),
        (math.nan, "USD", None),
        (math.inf, None, None),
    ],
)
def test_money_has_its_code_a_real_minus_and_no_guessed_symbol(
    amount: float | None, currency: str | None, expected: str | None
) -> None:
    assert format_money(amount, currency) == expected


@pytest.mark.parametrize(
    ("amount", "expected"), [(3.0, "3"), (1.5, "1.5"), (12000.0, "12,000"), (None, None), (math.nan, None)]
)
def test_a_count_that_came_as_a_float_is_a_count(amount: float | None, expected: str | None) -> None:
    assert format_number(amount) == expected


def test_one_is_singular() -> None:
    assert [format_count(1, "page"), format_count(0, "page"), format_count(2000, "entry", "entries")] == [
        "1 page",
        "0 pages",
        "2,000 entries",
    ]


def test_a_time_is_absolute_for_machines_and_readable_without_script() -> None:
    at_ms = 1_475_675_316_326

    assert format_clock(at_ms) == '<time datetime="2016-10-05T13:48:36Z">13:48 UTC</time>'
    assert format_clock(at_ms, silent=True) == '<time datetime="2016-10-05T13:48:36Z" hidden>13:48 UTC</time>'
    assert format_ago(at_ms) == '<time datetime="2016-10-05T13:48:36Z" data-as="ago">at 13:48 UTC</time>'
    assert format_span(at_ms) == '<time datetime="2016-10-05T13:48:36Z" data-as="span">since 13:48 UTC</time>'
    assert format_due(at_ms) == '<time datetime="2016-10-05T13:48:36Z" data-as="due">at 13:48 UTC</time>'


@pytest.mark.parametrize("at_ms", [None, 0, -1, 10**18])
def test_a_time_no_calendar_knows_is_left_out(at_ms: int | None) -> None:
    assert format_clock(at_ms) == ""
