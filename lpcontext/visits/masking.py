"""What of an e-mail address and a phone number may be seen by somebody who need not know all of it.

An agent can still ask "the address that begins with m, at example.com?" or "the number ending in 8877?", and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lpcontext.visits.dialling import split_country_code
from lpcontext.visits.model import Contact, Person, Visit

_DOT = "•"
_HIDDEN = _DOT * 5

_AT = r"(?:@|%(?:25)*40)"
"""An @, also as it stands in a URL, encoded once or more."""

_LOCAL = r"\w.+!$'*^`{|}~\-"
_EMAIL = re.compile(
    rf"(?:(?<![{_LOCAL}%])|(?<=%40))"  # begin only where a word begins: with ++ below this keeps long texts linear
    rf"(?P<local>(?:[{_LOCAL}]|%(?!(?:25)*40)[0-9a-f]{{2}})++)(?P<at>{_AT})(?P<domain>[\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"(?<![\w-])[\w-]++(?:\.[\w-]++)+")

_BETWEEN_DIGITS = r"(?:[\s().\-/_+]|%20|%28|%29|%2[BDbd])"
_MANY_DIGITS = re.compile(
    r"(?:(?<![0-9%])(?<!%[0-9A-Fa-f])|(?<=%[0-9A-Fa-f]{2}))"  # not inside an escape such as %20, but right after it
    rf"[0-9](?:{_BETWEEN_DIGITS}{{0,4}}[0-9]){{5,}}"
)
_ESCAPES = re.compile(r"%[0-9A-Fa-f]{2}")
_PHONE_PUNCTUATION = frozenset("+-(). /")
_LONGEST_PHONE = 40


def mask_email(email: str) -> str:
    """`m•••••@example.com`: the first letter and the domain; only dots for what is no e-mail address."""
    local, at, domain = email.strip().rpartition("@")
    if not at or not _DOMAIN.fullmatch(domain):
        return _HIDDEN
    return _mask_local(local) + at + domain


def mask_phone(phone: str) -> str:
    """`+1 •••-•••-8877`: country code, shape and last four digits; fewer of a short number, dots for no number."""
    digits = [place for place, letter in enumerate(phone) if letter.isdigit()]
    if not digits or len(phone) > _LONGEST_PHONE:
        return _HIDDEN
    code, national = split_country_code(phone)
    shown = {*digits[: len(code)], *digits[len(digits) - _open_digits(len(national)) :]}
    return "".join(
        letter if place in shown or letter in _PHONE_PUNCTUATION else _DOT for place, letter in enumerate(phone)
    )


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not be read anywhere else in a visit: phones as national digits, and e-mails of an unusual form."""

    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


def find_secrets(visit: Visit) -> Secrets:
    """Every phone number and odd e-mail address the visit tells of its visitor, now or earlier."""
    contacts = set(_contacts(visit))
    phones = {split_country_code(contact.phone)[1] for contact in contacts if contact.phone}
    emails = {contact.email for contact in contacts if contact.email}
    return Secrets(
        phones=tuple(sorted(phone for phone in phones if len(phone) >= 6)),
        emails=tuple(sorted(email for email in emails if "@" in email and not _EMAIL.fullmatch(email))),
    )


def mask_in_text(text: str, secrets: Secrets) -> str:
    """The text with every e-mail address in it masked, and every phone number of this visit.

    URLs, titles, ids and search words repeat what a form was filled with: `?mail=myname%40example.com`. Phone numbers
    of others are left, for nothing tells them from order numbers.
    """
    for email in secrets.emails:
        if email.casefold() in text.casefold():
            text = re.sub(re.escape(email), mask_email(email), text, flags=re.IGNORECASE)
    text = mask_emails(text)
    if not secrets.phones:
        return text
    return _MANY_DIGITS.sub(lambda found: _mask_known_phone(found[0], secrets.phones), text)


def mask_emails(text: str) -> str:
    """The text with everything in it that looks like an e-mail address masked."""
    if "@" not in text and "40" not in text:
        return text
    return _EMAIL.sub(lambda found: _mask_local(found["local"]) + found["at"] + found["domain"], text)


def _mask_local(local: str) -> str:
    return (local[0] if len(local) > 1 and local[0].isalnum() else "") + _HIDDEN


def _mask_known_phone(text: str, phones: tuple[str, ...]) -> str:
    digits = "".join(letter for letter in _ESCAPES.sub("", text) if letter.isdigit())
    for phone in phones:
        if phone in digits:
            return _HIDDEN + phone[len(phone) - _open_digits(len(phone)) :]
    return text


def _open_digits(national_length: int) -> int:
    """How many digits at the end may be read: never most of a number."""
    if national_length >= 8:
        return 4
    return 2 if national_length >= 5 else 0


def _contacts(visit: Visit) -> Iterator[Contact]:
    if visit.person:
        yield from visit.person.contacts
    for event in visit.events:
        if isinstance(event.fact, Person):
            yield from event.fact.contacts
