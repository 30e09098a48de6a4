"""Who this is, how we know, and the call in a sentence or two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.wording.brief import Brief, BriefPieces
from lpcontext.panel.wording.money import format_money
from lpcontext.visits import Contact, Customer, Person, find_display_name

# Words brands send as a customer's status that an agent should not overlook; any other status is plain.
_TROUBLED = frozenset(
    {"cancelled", "canceled", "suspended", "blocked", "closed", "overdue", "past due", "inactive", "delinquent"}
)
_REPORTED = "reported by the page, not verified"
_NOBODY = "the page has reported no name"


class IdentityPieces(NamedTuple):
    person: Person | None
    brief: BriefPieces


@dataclass(frozen=True, slots=True)
class Chip:
    """`tone` is "" or "warn"."""

    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class IdentityContext:
    name: str
    provenance: str
    chips: tuple[Chip, ...]
    balance: str | None
    customer_id: str | None
    contacts: tuple[str, ...]
    brief: Brief

    @property
    def has_row(self) -> bool:
        return bool(self.chips or self.balance or self.customer_id)


def select_identity(content: PanelContent) -> IdentityPieces | None:
    visit = content.visit
    if visit is None:
        return None
    brief = BriefPieces(
        name=find_display_name(visit),
        customer=visit.customer,
        geo=visit.geo,
        page=content.page,
        presence=content.presence,
        attention=content.attention,
        cart=visit.cart,
        purchases=visit.purchases,
    )
    return IdentityPieces(visit.person, brief)


def build_identity(pieces: IdentityPieces, masker: Masker) -> IdentityContext:
    person, customer = pieces.person or Person(), pieces.brief.customer or Customer()
    name = pieces.brief.name
    return IdentityContext(
        name=masker.name(name) or "Unknown visitor",
        provenance=_REPORTED if name or customer.customer_id else _NOBODY,
        chips=_find_chips(customer, masker),
        balance=masker.money(format_money(customer.balance, customer.currency)),
        customer_id=masker.customer_id(customer.customer_id),
        contacts=_find_contacts(person.contacts, masker),
        brief=Brief.of(pieces.brief, masker),
    )


def _find_chips(customer: Customer, masker: Masker) -> tuple[Chip, ...]:
    words = (masker.text(customer.type), masker.text(customer.status))
    return tuple(Chip(word, "warn" if word.lower() in _TROUBLED else "") for word in words if word)


def _find_contacts(contacts: tuple[Contact, ...], masker: Masker) -> tuple[str, ...]:
    shown = [
        value for contact in contacts for value in (masker.email(contact.email), masker.phone(contact.phone)) if value
    ]
    return tuple(dict.fromkeys(shown))
