"""What may pass as an account, a visitor or a session."""

from __future__ import annotations

import pytest

from lpcontext.subjects.shapes import is_wellformed_account, is_wellformed_id


@pytest.mark.parametrize(
    "text",
    [
        "QzZDNhYTViMjA1OTJjN2Y5",
        "rloXnVgEQ-iQuoOytvKNqA",
        "123.567",
        "rty.uio",
        "jnPABZYjQcOS2Uk5fp_HnA.c524460e4432e9f93cf700af590f16ef181f20e6",
        "V=1",
        "a/b",
        "/a+b//c==",
        "a%2fb",
        "a%2Fb",
        "%61",
        "a..b",
        "a/...b",
        "a",
        "x" * 200,
    ],
)
def test_every_shape_that_liveperson_may_give_an_id_is_wellformed(text: str) -> None:
    assert is_wellformed_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 201,
        ".",
        "..",
        "...",
        "../etc",
        "a/..",
        "a/../b",
        "a/./b",
        "a%2F..%2fb",
        "%2e%2E",
        "a/%2e/b",
        "//",
        "%",
        "a\\b",
        "a?b",
        "a#b",
        "a&b",
        "a;b",
        "a b",
        " a",
        "a\n",
        "a\x00",
        "a\u202eb",
        "ａ",
        "<a>",
        "'a'",
    ],
)
def test_an_id_with_path_tricks_controls_or_too_many_characters_is_not(text: str) -> None:
    assert not is_wellformed_id(text)


@pytest.mark.parametrize("text", ["12345678", "le12345_x", "x" * 20])
def test_every_documented_shape_of_an_account_is_wellformed(text: str) -> None:
    assert is_wellformed_account(text)


@pytest.mark.parametrize("text", ["", "x" * 21, "1234-5678", "12345678\n", "12 34", "..", "1/2", "１２"])
def test_any_other_account_is_not(text: str) -> None:
    assert not is_wellformed_account(text)
