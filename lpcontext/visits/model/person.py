"""Who the page says this is, and how they came."""

from __future__ import annotations

from lpcontext.reading import Day
from lpcontext.visits.model.value import AttributeValue, VisitValue


class Contact(VisitValue, frozen=True):
    email: str | None = None
    phone: str | None = None
    phone_type: str | None = None
    country: str | None = None
    region: str | None = None
    address: str | None = None
    preferred: str | None = None


class Person(AttributeValue, frozen=True, tag="person"):
    """LivePerson's personalInfo: who the page says this is."""

    name: str | None = None
    surname: str | None = None
    age_years: float | None = None
    born: Day | None = None
    contacts: tuple[Contact, ...] = ()
    gender: str | None = None
    company: str | None = None
    language: str | None = None


class Customer(AttributeValue, frozen=True, tag="customer"):
    """LivePerson's customerInfo."""

    status: str | None = None
    type: str | None = None
    balance: float | None = None
    currency: str | None = None
    customer_id: str | None = None
    social_id: str | None = None
    imei: str | None = None
    user_name: str | None = None
    account_name: str | None = None
    role: str | None = None
    company_branch: str | None = None
    company_size: int | None = None
    login_status: int | None = None
    store_zip_code: str | None = None
    store_number: str | None = None
    last_payment: Day | None = None
    registered: Day | None = None


class Marketing(AttributeValue, frozen=True, tag="marketing"):
    """LivePerson's marketingCampaignInfo: how the visitor came."""

    channel: int | None = None
    affiliate: str | None = None
    campaign_id: str | None = None
