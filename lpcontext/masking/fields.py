"""What of a value in its own field may be seen by somebody who need not know all of it.

An agent can still ask "the address that begins with m, at example.com?" or "the number ending in 8877?", and no more.
"""

from __future__ import annotations

import re

from lpcontext.masking.phone_numbers import split_country_code
from lpcontext.reading import DOT, HIDDEN, mask_local

_DOMAIN = re.compile(r"(?<![\w-])[\w-]++(?:\.[\w-]++)+")
_PHONE_PUNCTUATION = frozenset("+-(). /")
_LONGEST_PHONE = 40
_WORD = re.compile(r"[^\W\d_]\S*")


def mask_email(email: str) -> str:
    """`m•••••@example.com`: the first letter and the domain; only dots for what is no e-mail address."""
    local, at, domain = email.strip().rpartition("@")
    if not at or not _DOMAIN.fullmatch(domain):
        return HIDDEN
    return mask_local(local) + at + domain


def mask_phone(phone: str) -> str:
    """`+1 •••-•••-8877`: country code, shape and last four digits; fewer of a short number, dots for no number."""
    digits = [place for place, letter in enumerate(phone) if letter.isdigit()]
    if not digits or len(phone) > _LONGEST_PHONE:
        return HIDDEN
    code, national = split_country_code(phone)
    shown = {*digits[: len(code)], *digits[len(digits) - count_shown(len(national)) :]}
    return "".join(
        letter if place in shown or letter in _PHONE_PUNCTUATION else DOT for place, letter in enumerate(phone)
    )


def mask_name(name: str) -> str:
    """`M••••• O•••••`: the first letter of each word, whatever its length."""
    return _WORD.sub(lambda word: word[0][0] + HIDDEN, name) if _WORD.search(name) else HIDDEN


def count_shown(national_length: int) -> int:
    """How many digits at the end of a number may be read: never most of it."""
    if national_length >= 8:
        return 4
    return 2 if national_length >= 5 else 0
