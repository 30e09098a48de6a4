"""What of an e-mail address and a phone number may be seen by somebody who need not know all of it.

An agent can still ask "the address that begins with m, at example.com?" or "the number ending in 8877?", and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lpcontext.reading import (
    BETWEEN_DIGITS,
    DOT,
    HIDDEN,
    PERCENT,
    holds_at_sign,
    is_email,
    mask_emails,
    mask_local,
    normalize_digits,
)
from lpcontext.visits.model import Contact, Person, Visit
from lpcontext.visits.phone_numbers import find_national_numbers, split_country_code

_DOMAIN = re.compile(r"(?<![\w-])[\w-]++(?:\.[\w-]++)+")

_WIDE = rf"{PERCENT}EF{PERCENT}BC{PERCENT}"
_DIGIT = rf"(?:\d|{_WIDE}9[0-9])"
_BETWEEN = rf"(?:{BETWEEN_DIGITS}|\s|{PERCENT}(?:2[089BDF]|2E)|{_WIDE}8[89BDEF]|{PERCENT}E3{PERCENT}80{PERCENT}80)"
_MANY_DIGITS = re.compile(
    r"(?:(?<![\d%])(?<!%[0-9A-Fa-f])|(?<=%[0-9A-Fa-f]{2}))"  # not inside an escape such as %20, but right after it
    rf"{_DIGIT}(?:{_BETWEEN}{{0,4}}+{_DIGIT}){{5,}}",
    re.IGNORECASE,
)
_WIDE_DIGIT = re.compile(rf"{_WIDE}9([0-9])", re.IGNORECASE)
_ESCAPES = re.compile(rf"{PERCENT}[0-9A-Fa-f]{{2}}")
_PHONE_PUNCTUATION = frozenset("+-(). /")
_LONGEST_PHONE = 40


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
    shown = {*digits[: len(code)], *digits[len(digits) - _count_shown(len(national)) :]}
    return "".join(
        letter if place in shown or letter in _PHONE_PUNCTUATION else DOT for place, letter in enumerate(phone)
    )


@dataclass(frozen=True, slots=True)
class KnownContacts:
    """What must not be read anywhere else in a visit: phones as national digits, and e-mails of an unusual form."""

    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


def find_known_contacts(visit: Visit) -> KnownContacts:
    """Every phone number and odd e-mail address of the visitor, now or earlier in the visit."""
    contacts = set(_find_contacts(visit))
    region = visit.geo.country_code if visit.geo else None
    numbers = {normalize_digits(contact.phone) for contact in contacts if contact.phone}
    phones = set().union(*(find_national_numbers(number, region=region) for number in numbers))
    emails = {contact.email for contact in contacts if contact.email}
    return KnownContacts(
        phones=tuple(sorted(phone for phone in phones if len(phone) >= 6)),
        emails=tuple(sorted(email for email in emails if holds_at_sign(email) and not is_email(email))),
    )


def mask_in_text(text: str, known: KnownContacts, *, emails: bool = True) -> str:
    """The text with every e-mail address in it masked, where `emails` says so, and every phone number of this visit.

    URLs, titles, ids and search words repeat what a form was filled with: `?mail=myname%40example.com`. Phone numbers
    of others are left, for nothing distinguishes them from order numbers.
    """
    for email in known.emails:
        if email.casefold() in text.casefold():
            text = re.sub(re.escape(email), mask_email(email), text, flags=re.IGNORECASE)
    text = mask_emails(text) if emails else text
    if not known.phones:
        return text
    return _MANY_DIGITS.sub(lambda found: _mask_known_phone(found[0], known.phones), text)


def _mask_known_phone(text: str, phones: tuple[str, ...]) -> str:
    plain = normalize_digits(_ESCAPES.sub("", _WIDE_DIGIT.sub(r"\1", text)))
    digits = "".join(letter for letter in plain if letter.isdecimal())
    for phone in phones:
        if phone in digits:
            return HIDDEN + phone[len(phone) - _count_shown(len(phone)) :]
    return text


def _count_shown(national_length: int) -> int:
    """How many digits at the end may be read: never most of a number."""
    if national_length >= 8:
        return 4
    return 2 if national_length >= 5 else 0


def _find_contacts(visit: Visit) -> Iterator[Contact]:
    if visit.person:
        yield from visit.person.contacts
    for event in visit.events:
        if isinstance(event.attribute, Person):
            yield from event.attribute.contacts
