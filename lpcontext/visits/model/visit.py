"""A visit in full."""

from __future__ import annotations

from lpcontext.visits.model.commerce import Cart, Lead, ProductLine, Purchase
from lpcontext.visits.model.engagements import Engagement
from lpcontext.visits.model.events import Event
from lpcontext.visits.model.geo_device import Device, Geo, Profiles, WebSearch
from lpcontext.visits.model.pages import Page
from lpcontext.visits.model.person import Customer, Marketing, Person
from lpcontext.visits.model.services_errors import Service, VisitorError
from lpcontext.visits.model.value import VisitValue


class Visit(VisitValue, frozen=True):
    """What LivePerson knows of one monitored session. Pages and events are sorted oldest first.

    `visitor_id` is the one that was asked for: a response does not repeat it.
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
