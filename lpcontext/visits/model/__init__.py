"""A visit as we understand it: frozen types in our own words.

Absent is always None or an empty tuple; none of LivePerson's null forms (contract 0.4) gets this far.
Times are epoch milliseconds. Money is a float with the currency beside it where LivePerson sends one.
Codes LivePerson does not explain stay numbers; `codes.py` turns the documented ones into words.
"""

from lpcontext.visits.model.commerce import Cart, Lead, Product, ProductLine, Purchase, ViewedProducts
from lpcontext.visits.model.engagements import Acceptance, Engagement, Skill
from lpcontext.visits.model.events import EngagementAttribute, Event, SiteSearch, UnknownAttribute
from lpcontext.visits.model.geo_device import Device, Geo, Profiles, WebSearch
from lpcontext.visits.model.pages import Page
from lpcontext.visits.model.person import Contact, Customer, Marketing, Person
from lpcontext.visits.model.services_errors import Service, VisitorError
from lpcontext.visits.model.visit import Visit

__all__ = [
    "Acceptance",
    "Cart",
    "Contact",
    "Customer",
    "Device",
    "Engagement",
    "EngagementAttribute",
    "Event",
    "Geo",
    "Lead",
    "Marketing",
    "Page",
    "Person",
    "Product",
    "ProductLine",
    "Profiles",
    "Purchase",
    "Service",
    "SiteSearch",
    "Skill",
    "UnknownAttribute",
    "ViewedProducts",
    "Visit",
    "VisitorError",
    "WebSearch",
]
