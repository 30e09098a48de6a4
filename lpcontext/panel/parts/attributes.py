"""What else the page reported about the person and the customer, and the ids worth copying."""

from __future__ import annotations

from typing import NamedTuple

from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.rows.disclosure import Disclosure, Disclosures
from lpcontext.panel.wording.days import format_day
from lpcontext.panel.wording.facts import Fact, list_facts
from lpcontext.panel.wording.language import format_language
from lpcontext.panel.wording.numbers import format_number
from lpcontext.panel.wording.phrases import join_words
from lpcontext.visits import (
    Contact,
    Customer,
    Person,
    Profiles,
    format_control_group,
    format_gender,
    format_phone_type,
)


class AttributesPieces(NamedTuple):
    person: Person | None
    customer: Customer | None
    control_group: str | None
    visitor_id: str | None
    session_id: str | None
    page_id: str | None
    profiles: Profiles | None


def select_attributes(content: PanelContent) -> AttributesPieces | None:
    visit = content.visit
    if visit is None:
        return None
    return AttributesPieces(
        person=visit.person,
        customer=visit.customer,
        control_group=visit.control_group,
        visitor_id=visit.visitor_id,
        session_id=visit.session_id,
        page_id=content.page.id if content.page else None,
        profiles=visit.profiles,
    )


def build_attributes(pieces: AttributesPieces, masker: Masker) -> Disclosures | None:
    facts = (
        *_list_person_facts(pieces.person or Person(), masker),
        *_list_customer_facts(pieces.customer or Customer(), masker),
        *list_facts(("Site test", masker.text(format_control_group(pieces.control_group)))),
    )
    return Disclosures.of(
        Disclosure("attributes", "Attributes", f"{len(facts)} reported", facts), _build_ids(pieces, masker)
    )


def _build_ids(pieces: AttributesPieces, masker: Masker) -> Disclosure:
    customer_id = masker.customer_id(pieces.customer.customer_id) if pieces.customer else None
    profiles = pieces.profiles or Profiles()
    copied = list_facts(
        ("Visitor", pieces.visitor_id),
        ("Session", pieces.session_id),
        ("Customer", customer_id),
        ("Page", pieces.page_id),
    )
    facts = list_facts(
        ("Profiles", _list_ids(profiles.all_profiles, profiles.active_profiles)),
        ("Behaviours", _list_ids(profiles.all_behaviours, profiles.active_behaviours)),
        ("Site locations", ", ".join(profiles.all_onsite_locations)),
    )
    return Disclosure("ids", "Ids", "to copy" if copied else "", facts, copied)


def _list_person_facts(person: Person, masker: Masker) -> tuple[Fact, ...]:
    return (
        *list_facts(
            ("Age", format_number(person.age_years)),
            ("Born", format_day(person.born)),
            ("Gender", masker.text(format_gender(person.gender))),
            ("Language", masker.text(format_language(person.language))),
            ("Company", masker.text(person.company)),
        ),
        *(fact for contact in person.contacts for fact in _list_contact_facts(contact, masker)),
    )


def _list_contact_facts(contact: Contact, masker: Masker) -> tuple[Fact, ...]:
    """What identity does not show of it: kinds, places, wishes."""
    kind = format_phone_type(contact.phone_type)
    return list_facts(
        ("Phone", join_words(masker.phone(contact.phone), kind) if kind else None),
        ("Prefers", masker.text(contact.preferred)),
        ("Address", masker.text(join_words(contact.address, contact.region, contact.country, by=", "))),
    )


def _list_customer_facts(customer: Customer, masker: Masker) -> tuple[Fact, ...]:
    size = customer.company_size
    return list_facts(
        ("User name", masker.customer_id(customer.user_name)),
        ("Account", masker.customer_id(customer.account_name)),
        ("Role", masker.text(customer.role)),
        ("Company size", None if size is None else f"{size:,}"),
        ("Branch", masker.text(customer.company_branch)),
        ("Social id", masker.customer_id(customer.social_id)),
        ("IMEI", masker.customer_id(customer.imei)),
        ("Login status", None if customer.login_status is None else f"code {customer.login_status}"),
        ("Store", masker.text(join_words(customer.store_number, customer.store_zip_code, by=", "))),
        ("Last payment", format_day(customer.last_payment)),
        ("Registered", format_day(customer.registered)),
    )


def _list_ids(known: tuple[str, ...], active: tuple[str, ...]) -> str:
    """All that ever matched; those that still do are marked."""
    still = set(active)
    return ", ".join(f"{name} (active)" if name in still else name for name in dict.fromkeys((*known, *active)))
