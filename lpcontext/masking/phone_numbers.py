"""Phone numbers as their country writes them (ITU-T E.164), by the phonenumbers library."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from lpcontext.reading import normalize_digits

_LONGEST_CODE = 3
_ABROAD = "00"
_NO_REGION = "ZZ"
_SHORTEST = 6
# A field may hold several: people write them one after the other.
_BETWEEN_NUMBERS = re.compile(r"[,;/|\n\r\t&]|\s(?:or|and|und|oder|ou|et|y|o)\s|\s{2,}", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:;ext=|\bext(?:ension|\.)?|\bx|#|\bdw)[\s.:]*[0-9]{1,7}\s*\Z", re.IGNORECASE)
_PREFIX_ABROAD = re.compile(r"\A[^0-9+]*(?:\+?00|011|0011|810)(?=[^0-9]*[1-9])")
_PLAIN = re.compile(r"\A[ (]*+\+[1-9](?:[0-9().-]| (?! ))*+")
_MOST_PIECES = 8
_LONGEST_FIELD = 200


def split_country_code(phone: str) -> tuple[str, str]:
    """The digits of the country code, and those of the national number without its trunk zero.

    A code is known by a leading +, or by the eleven digits of a North American number. Without one, or where no country
    has it, it is "". People also write +0049: the zeros of a prefix to dial abroad are part of the code then.
    """
    digits = "".join(letter for letter in phone if letter.isascii() and letter.isdigit())
    international = phone.lstrip(" (").startswith("+") or (len(digits) == 11 and digits.startswith("1"))
    length = _find_code_length(digits) if international else 0
    return digits[:length], digits[length:].removeprefix("0")


def find_national_numbers(field: str, *, region: str | None) -> set[str]:
    """The digits of every national number in a field: as they are written, and as their country reads them.

    `region` is the country of a number without a code (ISO 3166, two letters). Its rules know what the digits do not
    show: other trunk prefixes than 0 (8 in Russia), prefixes to dial abroad (00, 011), where an extension begins.
    """
    field = normalize_digits(field[:_LONGEST_FIELD])
    if _PLAIN.fullmatch(field):
        return {split_country_code(field)[1]}  # nothing to find out, and each parse takes 10 µs of each body
    pieces = [piece for piece in _BETWEEN_NUMBERS.split(field) if piece and any(letter.isdigit() for letter in piece)]
    numbers = {number for piece in (field, *pieces[:_MOST_PIECES]) for number in _read_piece(piece, region)}
    return {number for number in numbers if len(number) >= _SHORTEST}


def _read_piece(piece: str, region: str | None) -> Iterator[str]:
    bare = _EXTENSION.sub("", piece)
    yield split_country_code(piece)[1]
    yield split_country_code(bare)[1]
    for spelling in dict.fromkeys((bare, _PREFIX_ABROAD.sub("+", bare), f"+{_digits(bare).lstrip('0')}")):
        number = _parse(spelling, region)
        # Where a code was only guessed, the number is one where such a number can be.
        is_guess = spelling.lstrip(" (").startswith("+") and not bare.lstrip(" (").startswith("+")
        if number is not None and not (is_guess and not phonenumbers.is_possible_number(number)):
            yield str(number.national_number)


def _parse(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit())


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
