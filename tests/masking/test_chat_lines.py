"""What of a line may be read by somebody who need not know all of it."""

from __future__ import annotations

import time

import pytest

from lpcontext.masking.chat_lines import mask_chat_line


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("write to myname@example.com please", "write to m•••••@example.com please"),
        ("a@b.example", "•••••@b.example"),
        ("mailto:myname%40example.com", "mailto:m•••••%40example.com"),
        ("myname&#64;example.com", "m•••••&#64;example.com"),
        ("myname&commat;example.com", "m•••••&commat;example.com"),
        ("call 555-012-8877 now", "call •••-•••-8877 now"),
        ("+49 (0)30 1234 5678", "+•• (•)•• •••• 5678"),
        ("4111 1111 1111 1111", "•••• •••• •••• 1111"),
        ("4111-1111-1111-1111", "••••-••••-••••-1111"),
        ("4111111111111111", "••••••••••••1111"),
        ("5550128", "•••••28"),
        ("٠١٢٣٤٥٦٧٨٩", "••••••٦٧٨٩"),
        ("myname＠example.com", "m•••••＠example.com"),
        ("myname﹫example.com", "m•••••﹫example.com"),
        ("m.x@[10.0.0.1]", "m•••••@[10.0.0.1]"),
        ('"my name"@example.com', "•••••@example.com"),
        ("call ５５５－０１２－８８７７", "call •••－•••－８８７７"),
        ("order 123456 of 2018", "order 123456 of 2018"),
        ("two lines 123\n4567890", "two lines 123\n•••••90"),
        ("at 18:06, 3 pieces", "at 18:06, 3 pieces"),
        ("", ""),
        ("no @ at all @home", "no @ at all @home"),
    ],
)
def test_addresses_and_long_numbers_are_masked(text: str, masked: str) -> None:
    assert mask_chat_line(text) == masked


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a@" * 50_000, "1 " * 50_000, "1-2-3-4-5-6 x " * 7_000, "a.b@" * 25_000]
)
def test_a_long_line_is_masked_in_no_time(text: str) -> None:
    began = time.process_time()
    mask_chat_line(text)

    assert time.process_time() - began < 1
