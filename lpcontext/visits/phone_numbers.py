"""Where the country code of a phone number ends (ITU-T E.164)."""

from __future__ import annotations

import re

_TWO_DIGIT_CODE = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")


def split_country_code(phone: str) -> tuple[str, str]:
    """The digits of the country code, and those of the national number without its trunk zero.

    A code is known by a leading +, or by the eleven digits of a North American number. Without one, it is "".
    """
    digits = "".join(letter for letter in phone if letter.isascii() and letter.isdigit())
    international = phone.lstrip(" (").startswith("+") or (len(digits) == 11 and digits.startswith("1"))
    length = _find_code_length(digits) if international else 0
    return digits[:length], digits[length:].removeprefix("0")


def _find_code_length(digits: str) -> int:
    """Codes are prefix-free: 1 and 7 stand alone, some begin with two digits, and all others have three."""
    if digits[:1] in ("1", "7"):
        return 1
    return 2 if _TWO_DIGIT_CODE.match(digits) else 3
