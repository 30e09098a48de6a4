"""What the pages reported."""

from __future__ import annotations

from typing import TypeAlias

from lpcontext.visits.model.commerce import Cart, Lead, Purchase, ViewedProducts
from lpcontext.visits.model.person import Customer, Marketing, Person
from lpcontext.visits.model.services_errors import Service, VisitorError
from lpcontext.visits.model.value import AttributeValue, VisitValue


class SiteSearch(AttributeValue, frozen=True, tag="search"):
    """What was looked for on the site itself (searchContent)."""

    keywords: tuple[str, ...] = ()


class UnknownAttribute(AttributeValue, frozen=True, tag="unknown"):
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


class Event(VisitValue, frozen=True):
    """Something the page reported: `kind` is LivePerson's wrapper key, `page_id` refers to `Page.id`."""

    kind: str
    attribute: EngagementAttribute
    at_ms: int | None = None
    page_id: str | None = None
