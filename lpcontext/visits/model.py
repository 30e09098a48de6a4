"""A visit as we understand it: frozen types in our own words.

Absent is always None or an empty tuple; none of LivePerson's null forms (contract 0.4) gets this far.
Times are epoch milliseconds. Money is a float with the currency beside it where LivePerson tells one.
Codes LivePerson does not explain stay numbers; `words.py` turns the documented ones into words.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from lpcontext.reading import Day


class _Part(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """Base of every part: immutable, comparable, and small in MessagePack (fields by position).

    Nothing in a visit leads back to it, so the garbage collector need not look: opening one is a third cheaper.
    """


class _Attribute(_Part, frozen=True, tag_field="of"):
    """Base of what an event can be about; the tag tells the kinds apart in MessagePack."""


class Product(_Part, frozen=True):
    name: str | None = None
    category: str | None = None
    sku: str | None = None
    price: float | None = None


class ProductLine(_Part, frozen=True):
    """One line of a cart: a product and how many of it (None where not told, as for viewed products)."""

    product: Product
    quantity: float | None = None


class Cart(_Attribute, frozen=True, tag="cart"):
    """`item_count` is what the page reported, which need not be the sum of the quantities."""

    total: float | None = None
    item_count: int | None = None
    currency: str | None = None
    lines: tuple[ProductLine, ...] = ()


class Purchase(_Attribute, frozen=True, tag="purchase"):
    order_id: str | None = None
    total: float | None = None
    currency: str | None = None
    repeated: bool | None = None
    sequence_id: str | None = None
    cart: Cart | None = None


class ViewedProducts(_Attribute, frozen=True, tag="viewed"):
    currency: str | None = None
    lines: tuple[ProductLine, ...] = ()


class Lead(_Attribute, frozen=True, tag="lead"):
    topic: str | None = None
    value: float | None = None
    currency: str | None = None
    lead_id: str | None = None
    ticket_id: str | None = None
    sequence_id: str | None = None
    repeated: bool | None = None


class Service(_Attribute, frozen=True, tag="service"):
    topic: str | None = None
    status: int | None = None
    category: str | None = None
    service_id: str | None = None
    sequence_id: str | None = None
    repeated: bool | None = None


class VisitorError(_Attribute, frozen=True, tag="error"):
    message: str | None = None
    code: str | None = None
    level: float | None = None
    resolved: bool | None = None
    context_id: str | None = None


class Contact(_Part, frozen=True):
    email: str | None = None
    phone: str | None = None
    phone_type: str | None = None
    country: str | None = None
    region: str | None = None
    address: str | None = None
    preferred: str | None = None


class Person(_Attribute, frozen=True, tag="person"):
    """LivePerson's personalInfo: who the page says this is."""

    name: str | None = None
    surname: str | None = None
    age_years: float | None = None
    born: Day | None = None
    contacts: tuple[Contact, ...] = ()
    gender: str | None = None
    company: str | None = None
    language: str | None = None


class Customer(_Attribute, frozen=True, tag="customer"):
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


class Marketing(_Attribute, frozen=True, tag="marketing"):
    """LivePerson's marketingCampaignInfo: how the visitor came."""

    channel: int | None = None
    affiliate: str | None = None
    campaign_id: str | None = None


class SiteSearch(_Attribute, frozen=True, tag="search"):
    """What was looked for on the site itself (searchContent)."""

    keywords: tuple[str, ...] = ()


class UnknownAttribute(_Attribute, frozen=True, tag="unknown"):
    """An event of a kind we do not know: `fields` are its scalar fields as text, in LivePerson's spelling."""

    fields: tuple[tuple[str, str], ...] = ()


EngagementAttribute: TypeAlias = (
    Cart
    | Purchase
    | ViewedProducts
    | Lead
    | Service
    | VisitorError
    | Person
    | Customer
    | Marketing
    | SiteSearch
    | UnknownAttribute
)


class Event(_Part, frozen=True):
    """Something the page reported: `kind` is LivePerson's wrapper key, `page_id` refers to `Page.id`."""

    kind: str
    attribute: EngagementAttribute
    at_ms: int | None = None
    page_id: str | None = None


class Page(_Part, frozen=True):
    """One page view. `url` has a scheme where LivePerson told one. `stay_ms` is LivePerson's timeOnPage."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    referrer: str | None = None
    started_at_ms: int | None = None
    stay_ms: int | None = None
    loaded: bool | None = None
    sections: tuple[str, ...] = ()
    onsite_location_ids: tuple[str, ...] = ()


class Acceptance(_Part, frozen=True):
    """The visitor clicked the engagement."""

    at_ms: int | None = None
    page_id: str | None = None


class Skill(_Part, frozen=True):
    id: str | None = None
    name: str | None = None


class Engagement(_Part, frozen=True):
    """An offer made in this visit. Numbers without documented meaning stay numbers."""

    context_id: str | None = None
    state: int | None = None
    zone_id: int | None = None
    page_id: str | None = None
    control_group: str | None = None
    campaign_id: str | None = None
    campaign_revision: int | None = None
    goal_id: str | None = None
    goal_type: int | None = None
    goal_indicator: int | None = None
    engagement_id: str | None = None
    engagement_revision: int | None = None
    channel: int | None = None
    type: int | None = None
    offsite: bool | None = None
    skill: Skill | None = None
    survey_skills: tuple[Skill, ...] = ()
    availability_policy: int | None = None
    rendering_type: int | None = None
    conversation_type: int | None = None
    profile_ids: tuple[str, ...] = ()
    behaviour_ids: tuple[str, ...] = ()
    onsite_location_ids: tuple[str, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()


class Geo(_Part, frozen=True):
    country: str | None = None
    country_code: str | None = None
    state: str | None = None
    city: str | None = None
    isp: str | None = None
    organisation: str | None = None


class Device(_Part, frozen=True):
    os: str | None = None
    family: str | None = None
    mobile: bool | None = None
    detected: bool | None = None
    user_agent: str | None = None
    ip: str | None = None


class WebSearch(_Part, frozen=True):
    """The search engine that led here."""

    engine: str | None = None
    keywords: str | None = None


class Profiles(_Part, frozen=True):
    """Ids of visitor profiles, behaviours and onsite locations LivePerson matched (its rev* maps)."""

    active_profiles: tuple[str, ...] = ()
    all_profiles: tuple[str, ...] = ()
    active_behaviours: tuple[str, ...] = ()
    all_behaviours: tuple[str, ...] = ()
    all_onsite_locations: tuple[str, ...] = ()


class Visit(_Part, frozen=True):
    """What LivePerson knows of one monitored session. Pages and events are sorted oldest first.

    `visitor_id` is the one that was asked for: an answer does not repeat it.
    """

    session_id: str | None = None
    started_at_ms: int | None = None
    app_session_count: int = 1
    person: Person | None = None
    customer: Customer | None = None
    marketing: Marketing | None = None
    cart: Cart | None = None
    cart_change: float | None = None
    purchases: tuple[Purchase, ...] = ()
    leads: tuple[Lead, ...] = ()
    services: tuple[Service, ...] = ()
    errors: tuple[VisitorError, ...] = ()
    viewed: tuple[ProductLine, ...] = ()
    web_search: WebSearch | None = None
    geo: Geo | None = None
    device: Device | None = None
    control_group: str | None = None
    external_referrer: str | None = None
    profiles: Profiles | None = None
    pages: tuple[Page, ...] = ()
    events: tuple[Event, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    visitor_id: str | None = None
