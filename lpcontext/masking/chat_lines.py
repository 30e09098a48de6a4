"""What of a line of a chat, or of a survey's answer, may be read: people write any number into it."""

from __future__ import annotations

import re

from lpcontext.reading import BETWEEN_DIGITS, DOT, mask_emails

_MANY_DIGITS = re.compile(rf"(?<!\d)\d(?:{BETWEEN_DIGITS}{{0,5}}+\d){{6,}}")


def mask_chat_line(text: str) -> str:
    """The text with e-mail addresses as `m•••••@example.com`, and of every long number only its last digits.

    A number of seven digits or more may be a phone, a card or an account. Nothing distinguishes these from an order
    number or a date, so all are masked: digits become dots, four at the end stay, or two of seven. A line that is HTML
    should be made plain text first, for a number may hide between its tags.
    """
    return _MANY_DIGITS.sub(lambda found: _mask_digits(found[0]), mask_emails(text))


def _mask_digits(number: str) -> str:
    digits = [place for place, letter in enumerate(number) if letter.isdigit()]
    first_shown = digits[-4] if len(digits) > 7 else digits[-2]
    return "".join(DOT if letter.isdigit() and place < first_shown else letter for place, letter in enumerate(number))
