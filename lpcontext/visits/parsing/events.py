"""What the pages reported, in the order of time (contract 4.10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lpcontext.reading import ID_LIMIT, MOST_UNKNOWN_FIELDS, Reader, clean_text
from lpcontext.visits.model import EngagementAttribute, Event, SiteSearch, UnknownAttribute
from lpcontext.visits.parsing.commerce import read_cart, read_lead, read_purchase, read_viewed
from lpcontext.visits.parsing.ordering import sort_by_time
from lpcontext.visits.parsing.person import read_customer, read_marketing, read_person
from lpcontext.visits.parsing.services_errors import read_error, read_service

_TIME = "serverTimeStamp"


def _read_search(search: Reader) -> SiteSearch:
    return SiteSearch(keywords=search.texts("keywords"))


_READERS: Mapping[str, Callable[[Reader], EngagementAttribute]] = {
    "personalInfo": read_person,
    "customerInfo": read_customer,
    "marketingCampaignInfo": read_marketing,
    "lead": read_lead,
    "serviceActivity": read_service,
    "visitorError": read_error,
    "cartStatus": read_cart,
    "purchase": read_purchase,
    "viewedProduct": read_viewed,
    "searchContent": _read_search,
}


def read_events(session: Reader) -> tuple[Event, ...]:
    events = [event for item in session.children("events") for event in _read_item(item)]
    return sort_by_time(events, [event.at_ms for event in events])


def _read_item(item: Reader) -> list[Event]:
    """The events of one list item: one by the documents, whose only key is its kind.

    Should an item ever carry more keys, the kinds we know are read and the rest is left.
    """
    names = item.names()
    kinds = names if len(names) == 1 else [name for name in names if name in _READERS]
    events = [event for kind in kinds if (event := _read_event(item, kind))]
    if names and not kinds:
        item.drop()
    return events


def _read_event(item: Reader, kind: str) -> Event | None:
    """One event; its fields lie flat beside the time, or nested under the kind's name again."""
    read = _READERS.get(kind)
    if read is None:
        return _read_unknown(item, kind)
    body = item.child(kind)
    if body is None:
        return None
    attribute = read(body.unwrapped(kind))
    return Event(kind=kind, attribute=attribute, at_ms=body.epoch_ms(_TIME), page_id=_read_page_id(body))


def _read_page_id(body: Reader) -> str | None:
    contexts = body.child("contexts")
    page = contexts.child("page") if contexts else None
    return page.text("id") if page else None


def _read_unknown(item: Reader, kind: str) -> Event | None:
    """An event of a kind we do not know, its plain fields as text.

    The kind is whatever was sent, perhaps something personal, so noted paths call it `*`.
    """
    name = clean_text(kind, limit=ID_LIMIT)
    body = item.child(kind, called="*")
    if name is None or body is None:
        return None
    nested = body.child(kind, called="*") if body.holds_object(kind) else None
    fields = [field for each in (body, nested) if each for field in each.unknown_fields(known=(_TIME,))]
    attribute = UnknownAttribute(fields=tuple(fields[:MOST_UNKNOWN_FIELDS]))
    return Event(kind=name, attribute=attribute, at_ms=body.epoch_ms(_TIME), page_id=_read_page_id(body))
