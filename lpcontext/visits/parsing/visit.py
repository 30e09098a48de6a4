"""The whole response to "what is this visitor's current visit" (contract 4.1) as one Visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from lpcontext.reading import SHORT_TEXT_LIMIT, Reader
from lpcontext.visits.model import Cart, Customer, Device, Geo, Marketing, Person, Profiles, Visit, WebSearch
from lpcontext.visits.parsing.commerce import read_cart, read_lead, read_product_lines, read_purchase
from lpcontext.visits.parsing.engagements import read_engagements
from lpcontext.visits.parsing.events import read_events
from lpcontext.visits.parsing.field_locations import VISIT_FIELDS, FieldLocations, choose_session, is_about_another
from lpcontext.visits.parsing.geo_device import read_device, read_geo, read_profiles, read_web_search
from lpcontext.visits.parsing.pages import read_pages
from lpcontext.visits.parsing.person import read_customer, read_marketing, read_person
from lpcontext.visits.parsing.services_errors import read_error, read_service

_Value = TypeVar("_Value")


class UnreadableVisit(Exception):
    """The response is not a visit at all. Says what is wrong with it, never what was in it."""


class AnotherVisit(UnreadableVisit):
    """The response is about another session than was asked for: a cache or proxy on the way has mixed answers up."""


@dataclass(frozen=True, slots=True)
class ParsedVisit:
    """A visit, and the paths of what had to be dropped from the response: sorted, each once, without any value."""

    visit: Visit
    drift: tuple[str, ...]


def parse_visit(state: object, *, wanted_session: str | None = None) -> ParsedVisit:
    """The visit in a decoded response; of several app sessions the wanted one, else the newest.

    Raises AnotherVisit when it names sessions, and none is the wanted one; UnreadableVisit when it is no object, or has
    neither `appSessions` nor any field of a visit. An empty list of app sessions is a visit nobody knows anything of:
    `app_session_count` is 0, and all parts are absent.
    """
    if not isinstance(state, dict):
        raise UnreadableVisit("the answer is not a JSON object")
    drift: set[str] = set()
    top = Reader(state, path="", drift=drift)
    bare = VISIT_FIELDS.intersection(state)
    if "appSessions" not in state and not bare:
        raise UnreadableVisit("the answer has neither appSessions nor any field of a visit")
    sessions = top.children("appSessions")
    if drift and not sessions and not bare:
        raise UnreadableVisit("appSessions holds no object")
    if wanted_session and is_about_another(top, sessions, wanted=wanted_session):
        raise AnotherVisit("the answer is about another session")
    chosen = choose_session(sessions, wanted=wanted_session)
    locations = FieldLocations(chosen, top) if chosen else FieldLocations(top)
    visit = _read_visit(locations, count=len(sessions) or min(len(bare), 1))
    return ParsedVisit(visit=visit, drift=tuple(sorted(drift)))


def _read_visit(locations: FieldLocations, *, count: int) -> Visit:
    cart = locations.of("cart").child_or_empty("cart")
    of = locations.of
    return Visit(
        session_id=of("id").text("id"),
        started_at_ms=of("startTime").epoch_ms("startTime"),
        app_session_count=count,
        person=_none_if_empty(read_person(_open_doubled(locations, "personalInfo")), Person()),
        customer=_none_if_empty(read_customer(_open_doubled(locations, "customerInfo")), Customer()),
        marketing=_none_if_empty(read_marketing(_open_doubled(locations, "marketingCampaignInfo")), Marketing()),
        cart=_none_if_empty(read_cart(cart.unwrapped("cartStatus")), Cart()),
        cart_change=cart.number("lastTotalChange"),
        purchases=tuple(read_purchase(item) for item in of("purchases").children("purchases")),
        leads=tuple(read_lead(item) for item in of("leads").children("leads")),
        services=tuple(read_service(item) for item in of("serviceActivity").children("serviceActivity")),
        errors=tuple(read_error(item) for item in of("visitorError").children("visitorError")),
        viewed=read_product_lines(of("viewedProduct"), "viewedProduct"),
        web_search=_none_if_empty(read_web_search(of("searchEngine").child_or_empty("searchEngine")), WebSearch()),
        geo=_none_if_empty(read_geo(of("geo").child_or_empty("geo")), Geo()),
        device=_none_if_empty(read_device(locations), Device()),
        control_group=of("siteControlGroup").enum("siteControlGroup"),
        external_referrer=of("externalReferrer").text("externalReferrer", limit=SHORT_TEXT_LIMIT),
        profiles=_none_if_empty(read_profiles(locations), Profiles()),
        pages=read_pages(of("pages")),
        events=read_events(of("events")),
        engagements=read_engagements(of("engagements")),
    )


def _open_doubled(locations: FieldLocations, name: str) -> Reader:
    """A part that LivePerson wraps twice under the same name, and sometimes once."""
    return locations.of(name).child_or_empty(name).unwrapped(name)


def _none_if_empty(value: _Value, empty: _Value) -> _Value | None:
    """The value, unless it has not one of its fields."""
    return value if value != empty else None
