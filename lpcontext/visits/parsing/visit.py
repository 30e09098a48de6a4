"""The whole answer to "what is this visitor's current visit" (contract 4.1) as one Visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from lpcontext.reading import LINE_LIMIT, Reader
from lpcontext.visits.model import Cart, Customer, Device, Geo, Marketing, Person, Profiles, Visit, WebSearch
from lpcontext.visits.parsing.commerce import read_cart, read_lead, read_lines, read_purchase
from lpcontext.visits.parsing.engagements import read_engagements
from lpcontext.visits.parsing.events import read_events
from lpcontext.visits.parsing.field_locations import VISIT_FIELDS, FieldLocations, choose_session, is_about_another
from lpcontext.visits.parsing.geo_device import read_device, read_geo, read_profiles, read_web_search
from lpcontext.visits.parsing.pages import read_pages
from lpcontext.visits.parsing.person import read_customer, read_marketing, read_person
from lpcontext.visits.parsing.services_errors import read_error, read_service

_Part = TypeVar("_Part")


class UnreadableVisit(Exception):
    """The answer is not a visit at all. Says what is wrong with it, never what was in it."""


class AnotherVisit(UnreadableVisit):
    """The answer is about another session than was asked for: a cache or proxy on the way has mixed answers up."""


@dataclass(frozen=True, slots=True)
class ParsedVisit:
    """A visit, and the paths of what had to be dropped from the answer: sorted, each once, without any value."""

    visit: Visit
    drift: tuple[str, ...]


def parse_visit(state: object, *, wanted_session: str | None = None) -> ParsedVisit:
    """The visit in a decoded answer; of several app sessions the wanted one, else the newest.

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
    sessions = top.parts("appSessions")
    if drift and not sessions and not bare:
        raise UnreadableVisit("appSessions holds no object")
    if wanted_session and is_about_another(top, sessions, wanted=wanted_session):
        raise AnotherVisit("the answer is about another session")
    chosen = choose_session(sessions, wanted=wanted_session)
    places = FieldLocations(chosen, top) if chosen else FieldLocations(top)
    visit = _read_visit(places, count=len(sessions) or min(len(bare), 1))
    return ParsedVisit(visit=visit, drift=tuple(sorted(drift)))


def _read_visit(places: FieldLocations, *, count: int) -> Visit:
    cart = places.of("cart").inside("cart")
    of = places.of
    return Visit(
        session_id=of("id").text("id"),
        started_at_ms=of("startTime").moment("startTime"),
        app_session_count=count,
        person=_if_any(read_person(_doubled(places, "personalInfo")), Person()),
        customer=_if_any(read_customer(_doubled(places, "customerInfo")), Customer()),
        marketing=_if_any(read_marketing(_doubled(places, "marketingCampaignInfo")), Marketing()),
        cart=_if_any(read_cart(cart.undoubled("cartStatus")), Cart()),
        cart_change=cart.number("lastTotalChange"),
        purchases=tuple(read_purchase(item) for item in of("purchases").parts("purchases")),
        leads=tuple(read_lead(item) for item in of("leads").parts("leads")),
        services=tuple(read_service(item) for item in of("serviceActivity").parts("serviceActivity")),
        errors=tuple(read_error(item) for item in of("visitorError").parts("visitorError")),
        viewed=read_lines(of("viewedProduct"), "viewedProduct"),
        web_search=_if_any(read_web_search(of("searchEngine").inside("searchEngine")), WebSearch()),
        geo=_if_any(read_geo(of("geo").inside("geo")), Geo()),
        device=_if_any(read_device(places), Device()),
        control_group=of("siteControlGroup").word("siteControlGroup"),
        external_referrer=of("externalReferrer").text("externalReferrer", limit=LINE_LIMIT),
        profiles=_if_any(read_profiles(places), Profiles()),
        pages=read_pages(of("pages")),
        events=read_events(of("events")),
        engagements=read_engagements(of("engagements")),
    )


def _doubled(places: FieldLocations, name: str) -> Reader:
    """A part that LivePerson wraps twice under the same name, and sometimes once."""
    return places.of(name).inside(name).undoubled(name)


def _if_any(part: _Part, nothing: _Part) -> _Part | None:
    """The part, unless not one of its fields was told."""
    return part if part != nothing else None
