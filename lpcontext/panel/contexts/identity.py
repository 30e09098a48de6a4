"""Who this is, how we know, and the call in a sentence or two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lpcontext.panel.contexts.brief import Brief
from lpcontext.panel.money import tell_money
from lpcontext.panel.veil import Veil
from lpcontext.visits import Contact, Customer, Person

# Words brands send as a customer's status that an agent should not overlook; any other status is plain.
_TROUBLED = frozenset(
    {"cancelled", "canceled", "suspended", "blocked", "closed", "overdue", "past due", "inactive", "delinquent"}
)
_REPORTED = "reported by the page, not verified"
_NOBODY = "the page has reported no name"


@dataclass(frozen=True, slots=True)
class Chip:
    """`tone` is "" or "warn"."""

    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class Identity:
    template: ClassVar = "panel/_identity.html"

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

    @classmethod
    def of(
        cls, name: str | None, person: Person | None, customer: Customer | None, brief: Brief, veil: Veil
    ) -> Identity:
        person, customer = person or Person(), customer or Customer()
        return cls(
            name=veil.text(name) or "Unknown visitor",
            provenance=_REPORTED if name or customer.customer_id else _NOBODY,
            chips=_find_chips(customer, veil),
            balance=tell_money(customer.balance, customer.currency),
            customer_id=veil.text(customer.customer_id),
            contacts=_find_contacts(person.contacts, veil),
            brief=brief,
        )


def _find_chips(customer: Customer, veil: Veil) -> tuple[Chip, ...]:
    words = (veil.text(customer.type), veil.text(customer.status))
    return tuple(Chip(word, "warn" if word.lower() in _TROUBLED else "") for word in words if word)


def _find_contacts(contacts: tuple[Contact, ...], veil: Veil) -> tuple[str, ...]:
    shown = [value for contact in contacts for value in (veil.email(contact.email), veil.phone(contact.phone)) if value]
    return tuple(dict.fromkeys(shown))
