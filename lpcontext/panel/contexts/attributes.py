"""What else the page reported about the person and the customer, and the ids worth copying."""

from __future__ import annotations

from lpcontext.panel.contexts.facts import Fact, facts_of, join_words
from lpcontext.panel.contexts.folded import Fold, Folded
from lpcontext.panel.contexts.place import tell_language
from lpcontext.panel.money import tell_number
from lpcontext.panel.veil import Veil
from lpcontext.visits import (
    Contact,
    Customer,
    Day,
    Person,
    Profiles,
    format_control_group,
    format_gender,
    format_phone_type,
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def tell_attributes(
    person: Person | None,
    customer: Customer | None,
    control_group: str | None,
    visitor_id: str | None,
    session_id: str | None,
    page_id: str | None,
    profiles: Profiles | None,
    veil: Veil,
) -> Folded | None:
    customer = customer or Customer()
    facts = (
        *_tell_person(person or Person(), veil),
        *_tell_customer(customer, veil),
        *facts_of(("Site test", veil.text(format_control_group(control_group)))),
    )
    return Folded.of(
        "attributes",
        Fold("attributes", "Attributes", f"{len(facts)} reported", facts),
        _fold_ids(visitor_id, session_id, veil.text(customer.customer_id), page_id, profiles or Profiles()),
    )


def _fold_ids(
    visitor_id: str | None, session_id: str | None, customer_id: str | None, page_id: str | None, profiles: Profiles
) -> Fold:
    copied = facts_of(("Visitor", visitor_id), ("Session", session_id), ("Customer", customer_id), ("Page", page_id))
    facts = facts_of(
        ("Profiles", _tell_ids(profiles.all_profiles, profiles.active_profiles)),
        ("Behaviours", _tell_ids(profiles.all_behaviours, profiles.active_behaviours)),
        ("Site locations", ", ".join(profiles.all_onsite_locations)),
    )
    return Fold("ids", "Ids", "to copy" if copied else "", facts, copied)


def _tell_person(person: Person, veil: Veil) -> tuple[Fact, ...]:
    return (
        *facts_of(
            ("Age", tell_number(person.age_years)),
            ("Born", tell_day(person.born)),
            ("Gender", veil.text(format_gender(person.gender))),
            ("Language", veil.text(tell_language(person.language))),
            ("Company", veil.text(person.company)),
        ),
        *(fact for contact in person.contacts for fact in _tell_contact(contact, veil)),
    )


def _tell_contact(contact: Contact, veil: Veil) -> tuple[Fact, ...]:
    """What identity does not show of it: kinds, places, wishes."""
    kind = format_phone_type(contact.phone_type)
    return facts_of(
        ("Phone", join_words(veil.phone(contact.phone), kind) if kind else None),
        ("Prefers", veil.text(contact.preferred)),
        ("Address", veil.text(join_words(contact.address, contact.region, contact.country, by=", "))),
    )


def _tell_customer(customer: Customer, veil: Veil) -> tuple[Fact, ...]:
    size = customer.company_size
    return facts_of(
        ("User name", veil.text(customer.user_name)),
        ("Account", veil.text(customer.account_name)),
        ("Role", veil.text(customer.role)),
        ("Company size", None if size is None else f"{size:,}"),
        ("Branch", veil.text(customer.company_branch)),
        ("Social id", veil.text(customer.social_id)),
        ("IMEI", veil.text(customer.imei)),
        ("Login status", None if customer.login_status is None else f"code {customer.login_status}"),
        ("Store", veil.text(join_words(customer.store_number, customer.store_zip_code, by=", "))),
        ("Last payment", tell_day(customer.last_payment)),
        ("Registered", tell_day(customer.registered)),
    )


def tell_day(day: Day | None) -> str | None:
    """ "15 Oct 2014", with whatever pieces there are."""
    if day is None:
        return None
    month = _MONTHS[day.month - 1] if day.month and 1 <= day.month <= 12 else None
    number = str(day.day) if day.day and month else None
    return join_words(number, month, str(day.year) if day.year else None, by=" ")


def _tell_ids(known: tuple[str, ...], active: tuple[str, ...]) -> str:
    """All that ever matched; those that still do are marked."""
    still = set(active)
    return ", ".join(f"{name} (active)" if name in still else name for name in dict.fromkeys((*known, *active)))
