"""The personal values of a visit and its chat, by kind: what must not be read in any other text either."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from lpcontext.chats import Chat, Participant
from lpcontext.masking.phone_numbers import find_national_numbers
from lpcontext.masking.plain_text import fold
from lpcontext.reading import HiddenKinds, PersonalKind, holds_at_sign, is_email
from lpcontext.visits import Cart, Customer, Lead, Person, Purchase, ViewedProducts, Visit

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_NAME = 3
_SHORTEST_ID = 3
# What LivePerson prints where it knows no name (contract 7.9, 7.10).
_NOBODY = frozenset({"visitor", "you", "agent", "info", "system"})


class KnownValues(msgspec.Struct, frozen=True):
    """Each folded as `plain_text.fold` does, sorted, each once: equal for equal knowledge.

    `phones` are national digits, `emails` those of an unusual form (others are found by their shape), `names` whole
    names and their parts, `amounts` as two decimals.
    """

    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    ips: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()


NOTHING_KNOWN = KnownValues()


def find_known_values(
    visit: Visit, *, chat: Chat | None = None, participant: Participant | None = None, hidden: HiddenKinds
) -> KnownValues:
    """Of the kinds that are hidden, now or earlier in the visit."""
    persons = list(_find_all(visit, Person))
    customers = list(_find_all(visit, Customer))
    region = visit.geo.country_code if visit.geo else None
    contacts = [contact for person in persons for contact in person.contacts]
    contacts += participant.contacts if participant else ()
    return KnownValues(
        phones=_sort(_find_phones(contacts, region)) if PersonalKind.PHONE in hidden else (),
        emails=_sort(_find_odd_emails(contacts)) if PersonalKind.EMAIL in hidden else (),
        names=_sort(_find_names(persons, chat, participant)) if PersonalKind.NAME in hidden else (),
        ids=_sort(_find_ids(customers, participant)) if PersonalKind.CUSTOMER_ID in hidden else (),
        ips=_sort(_find_ips(visit)) if PersonalKind.IP in hidden else (),
        amounts=_sort(_find_amounts(visit, participant)) if PersonalKind.MONEY in hidden else (),
    )


def _find_all(visit: Visit, kind: type[Any]) -> Iterator[Any]:
    """What is known now, and what pages reported earlier."""
    for known in (visit.person, visit.customer):
        if isinstance(known, kind):
            yield known
    for event in visit.events:
        if isinstance(event.attribute, kind):
            yield event.attribute


def _sort(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found)))


def _find_phones(contacts: Iterable[Any], region: str | None) -> Iterator[str]:
    for field in {contact.phone for contact in contacts if contact.phone}:
        yield from find_national_numbers(field, region=region)


def _find_odd_emails(contacts: Iterable[Any]) -> Iterator[str]:
    for contact in contacts:
        if contact.email and holds_at_sign(contact.email) and not is_email(contact.email):
            yield fold(contact.email)


def _find_names(persons: Iterable[Person], chat: Chat | None, participant: Participant | None) -> Iterator[str]:
    whole = [f"{person.name or ''} {person.surname or ''}" for person in persons]
    whole += [chat.visitor_name or ""] if chat else []
    whole += [f"{participant.name or ''} {participant.surname or ''}"] if participant else []
    for name in map(fold, whole):
        words = [word for word in _WORD.findall(name) if word not in _NOBODY]
        yield from (word for word in words if len(word) >= _SHORTEST_NAME or not word.isascii())
        for several in (name.split(), list(reversed(name.split()))):
            joined = " ".join(word for part in several for word in _WORD.findall(part))
            if " " in joined:
                yield joined


def _find_ids(customers: Iterable[Customer], participant: Participant | None) -> Iterator[str]:
    for known in (*customers, *((participant,) if participant else ())):
        for value in (known.customer_id, known.social_id, known.imei, known.user_name, known.account_name):
            if value and len(value.strip()) >= _SHORTEST_ID:
                yield fold(value.strip())


def _find_ips(visit: Visit) -> Iterator[str]:
    if visit.device and visit.device.ip:
        yield fold(visit.device.ip.strip())


def _find_amounts(visit: Visit, participant: Participant | None) -> Iterator[str]:
    amounts = [customer.balance for customer in _find_all(visit, Customer)]
    amounts += [participant.balance] if participant else []
    for known in (visit.cart, *visit.purchases, *visit.leads, *(event.attribute for event in visit.events)):
        amounts += _list_amounts(known)
    amounts += [line.product.price for line in visit.viewed]
    for amount in amounts:
        if amount and abs(amount) < 1e12:
            yield f"{abs(amount):.2f}"


def _list_amounts(known: object) -> list[float | None]:
    match known:
        case Cart():
            return [known.total, *(line.product.price for line in known.lines)]
        case ViewedProducts():
            return [line.product.price for line in known.lines]
        case Purchase():
            return [known.total, *(_list_amounts(known.cart) if known.cart else ())]
        case Lead():
            return [known.value]
    return []
