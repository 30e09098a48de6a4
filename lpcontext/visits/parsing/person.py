"""Who the page says this is: personalInfo, customerInfo, marketingCampaignInfo (contract 4.8)."""

from __future__ import annotations

from lpcontext.reading import Day, Reader
from lpcontext.visits.model import Contact, Customer, Marketing, Person

_NO_CONTACT = Contact()


def read_person(info: Reader) -> Person:
    age = info.child("customerAge")
    return Person(
        name=info.text("name"),
        surname=info.text("surname"),
        age_years=age.number("customerAgeInYears") if age else None,
        born=_read_birth(age) if age else None,
        contacts=_read_contacts(info),
        gender=info.text("gender"),
        company=info.text("company"),
        language=info.text("language"),
    )


def _read_birth(age: Reader) -> Day | None:
    return age.as_day(year="customerYearOfBirth", month="customerMonthOfBirth", day="customerDateOfBirth")


def _read_contacts(info: Reader) -> tuple[Contact, ...]:
    found = (_read_contact(item.unwrapped("personalContact")) for item in info.children("contacts", most=50))
    return tuple(contact for contact in found if contact != _NO_CONTACT)


def _read_contact(contact: Reader) -> Contact:
    """A contact, older or newer; `address` is `{country, region}` or one text (contract 5.3)."""
    place = contact.child("address") if contact.holds_object("address") else None
    return Contact(
        email=contact.text("email"),
        phone=contact.text("phone"),
        phone_type=contact.text("phoneType"),
        country=place.text("country") if place else None,
        region=place.text("region") if place else None,
        address=None if place else contact.text("address"),
        preferred=contact.text("preferredContactMethod"),
    )


def read_customer(info: Reader) -> Customer:
    return Customer(
        status=info.text("customerStatus"),
        type=info.text("customerType"),
        balance=info.number("balance"),
        currency=info.text("currency"),
        customer_id=info.text("customerId"),
        social_id=info.text("socialId"),
        imei=info.text("imei"),
        user_name=info.text("userName"),
        account_name=info.text("accountName"),
        role=info.text("role"),
        company_branch=info.text("companyBranch"),
        company_size=info.integer("companySize"),
        login_status=info.integer("loginStatus"),
        store_zip_code=info.text("storeZipCode"),
        store_number=info.text("storeNumber"),
        last_payment=info.day("lastPaymentDate"),
        registered=info.day("registrationDate"),
    )


def read_marketing(info: Reader) -> Marketing:
    return Marketing(
        channel=info.integer("originatingChannel"),
        affiliate=info.text("affiliate"),
        campaign_id=info.text("campaignId"),
    )
