"""Digits of any script, and what people write between those of one number."""

from __future__ import annotations

import unicodedata

BETWEEN_DIGITS = r"[ \t\xa0\u2002-\u200a\u202f\u3000().\-/_+\u2010-\u2015\u2212\uff08\uff09\uff0b\uff0d\uff0e\uff0f]"
"""A pattern for one such character, none of them a line break."""


def normalize_digits(text: str) -> str:
    """The text with every decimal digit as 0 to 9, Arabic ones too, and wide letters as narrow ones."""
    if text.isascii():
        return text
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in narrow)
