"""Phone numbers as their country writes them (ITU-T E.164), by the phonenumbers library."""

from __future__ import annotations

import re

import phonenumbers

_INTERNATIONAL = re.compile(r"\A[ (]*+\+[0-9 ().\-/]*+")
_LONGEST_CODE = 3
_ABROAD = "00"
_NO_REGION = "ZZ"


def split_country_code(phone: str) -> tuple[str, str]:
    """The digits of the country code, and those of the national number without its trunk zero.

    A code is known by a leading +, or by the eleven digits of a North American number. Without one, or where no country
    has it, it is "". People also write +0049: the zeros of a prefix to dial abroad are part of the code then.
    """
    digits = "".join(letter for letter in phone if letter.isascii() and letter.isdigit())
    international = phone.lstrip(" (").startswith("+") or (len(digits) == 11 and digits.startswith("1"))
    length = _find_code_length(digits) if international else 0
    return digits[:length], digits[length:].removeprefix("0")


def find_national_numbers(phone: str, *, region: str | None) -> set[str]:
    """The digits of the national number: as they are written, and as its country reads them.

    `region` is the country of a number without a code (ISO 3166, two letters). Its rules know what the digits do not
    show: other trunk prefixes than 0 (8 in Russia), prefixes to dial abroad (00, 011), where an extension begins.
    """
    _, written = split_country_code(phone)
    if _INTERNATIONAL.fullmatch(phone) or not (region or "+" in phone):
        return {written}  # nothing to find out, and each parse takes 10 µs of each body
    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return {written}
    return {written, str(number.national_number)}


def _find_code_length(digits: str) -> int:
    """Codes are prefix-free, so the first that a country has is the code."""
    begins_at = len(_ABROAD) if digits.startswith(_ABROAD) else 0
    code = digits[begins_at : begins_at + _LONGEST_CODE]
    if code.startswith("0"):
        return 0
    for length in range(1, len(code) + 1):
        if phonenumbers.region_code_for_country_code(int(code[:length])) != _NO_REGION:
            return begins_at + length
    return 0
