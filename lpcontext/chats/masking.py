"""What of a chat is personal, and what of a line may be read by somebody who need not know all of it.

Personal are the visitor's name, every line (people write anything into a chat), what they answered in surveys, and the
whole participant. Whether a viewer sees them masked is the account's policy and decided by whoever shows them.
"""

from __future__ import annotations

import re

_DOT = "•"
_HIDDEN = _DOT * 5

_AT = r"(?:@|%(?:25){0,3}40|&#0{0,5}64;|&#[xX]0{0,5}40;|&commat;)"
"""An @, also as it is written in a URL or in HTML."""

_LOCAL = r"\w.+!$'*^`{|}~\-"
_EMAIL = re.compile(
    rf"(?<![{_LOCAL}])(?P<local>[{_LOCAL}]++)(?P<at>{_AT})(?P<domain>[\w\-]++(?:\.[\w\-]++)+)", re.IGNORECASE
)
_BETWEEN_DIGITS = r"[ \t\xa0\u2009\u202f().\-/_]{0,5}+"
_MANY_DIGITS = re.compile(rf"(?<!\d)\d(?:{_BETWEEN_DIGITS}\d){{6,}}")


def mask_line(text: str) -> str:
    """The text with e-mail addresses as `m•••••@example.com`, and of every long number only its last digits.

    A number of seven digits or more may be a phone, a card or an account. Nothing tells these from an order number or
    a date, so all are masked: digits become dots, four at the end stay, or two of seven. A line that is HTML should be
    made plain text first, for a number may hide between its tags.
    """
    text = _EMAIL.sub(lambda found: _mask_local(found["local"]) + found["at"] + found["domain"], text)
    return _MANY_DIGITS.sub(lambda found: _mask_digits(found[0]), text)


def _mask_local(local: str) -> str:
    return (local[0] if len(local) > 1 and local[0].isalnum() else "") + _HIDDEN


def _mask_digits(number: str) -> str:
    digits = [place for place, letter in enumerate(number) if letter.isdigit()]
    first_shown = digits[-4] if len(digits) > 7 else digits[-2]
    return "".join(_DOT if letter.isdigit() and place < first_shown else letter for place, letter in enumerate(number))
