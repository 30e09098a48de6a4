"""A visit in the words of Visit Information: keys, nesting and oddities of the documented body (contract section 4)."""

from __future__ import annotations

import copy
from typing import Any, Final, Literal

from .ids import lengthen_session_id
from .messages import encode_json
from .visit import Encoded, Visit

Document = dict[str, Any]

# Stands where the newest page's ticking time will be; its control characters are in no story.
STAY: Final = "\0stay\0"

# Parts a session may know nothing about; LivePerson does not say whether it then leaves them out.
OPTIONAL_SECTIONS: Final = (
    "personalInfo",
    "serviceActivity",
    "customerInfo",
    "cart",
    "viewedProduct",
    "visitorError",
    "marketingCampaignInfo",
    "searchEngine",
    "purchases",
    "leads",
    "geo",
    "ipv4",
    "deviceOS",
    "userAgent",
    "deviceFamily",
    "mobileDeviceInfo",
    "siteControlGroup",
    "externalReferrer",
)


def build_visit_document(visit: Visit, *, now_ms: int, absent: Literal["missing", "null"]) -> Document:
    """The whole body of `visits/current/state`. It shares parts with the living visit: encode it, do not keep it."""
    session_id = lengthen_session_id(visit.session_id)
    now_ms = visit.frozen_ms or now_ms
    if visit.world.fixed is not None:
        return _give_id(visit.world.fixed(), session_id)
    session: Document = {
        "engagements": visit.engagements,
        **visit.attributes.sections,
        **visit.world.setting,
        "startTime": visit.began_ms,
        "id": session_id,
        "pages": [_with_stay(page, follower, now_ms) for page, follower in _with_followers(visit.pages)],
        "events": visit.events,
    }
    if "null" in (absent, visit.world.absent):
        session = dict.fromkeys(OPTIONAL_SECTIONS) | session
    state: Document = {"id": session_id, "appSessions": [session]}
    return visit.world.distort(copy.deepcopy(state)) if visit.world.distort else state


def encode_visit(visit: Visit, *, now_ms: int, absent: Literal["missing", "null"]) -> bytes:
    """The same body as it is sent. Written anew only after something happened; `absent` stays the same for a visit."""
    if visit.world.distort is not None:
        return encode_json(build_visit_document(visit, now_ms=now_ms, absent=absent))
    known = visit.encoded
    if known is None or known.changes != visit.changes:
        known = visit.encoded = _encode(visit, build_visit_document(visit, now_ms=now_ms, absent=absent))
    if known.since_ms is None:
        return known.before
    stay_ms = max(0, (visit.frozen_ms or now_ms) - known.since_ms)
    return b"%b%d%b" % (known.before, stay_ms, known.after)


def _encode(visit: Visit, state: Document) -> Encoded:
    newest = visit.pages[-1] if visit.pages and visit.world.fixed is None else {}
    since_ms = newest.get("startTime")
    if "timeOnPage" in newest or not isinstance(since_ms, int):
        return Encoded(changes=visit.changes, before=encode_json(state))
    state["appSessions"][0]["pages"][-1]["timeOnPage"] = STAY
    before, _, after = encode_json(state).partition(encode_json(STAY))
    return Encoded(changes=visit.changes, before=before, after=after, since_ms=since_ms)


def _give_id(state: Document, session_id: str) -> Document:
    sessions = [{**session, "id": session_id} for session in state["appSessions"]]
    return {**state, "id": session_id, "appSessions": sessions}


def _with_followers(pages: list[Document]) -> list[tuple[Document, Document | None]]:
    return [(page, pages[place] if place < len(pages) else None) for place, page in enumerate(pages, start=1)]


def _with_stay(page: Document, follower: Document | None, now_ms: int) -> Document:
    """Add `timeOnPage`; only the newest page still ticks. Worlds may have put an odd one there already."""
    until_ms = follower["startTime"] if follower else now_ms
    started_ms = page["startTime"]
    if "timeOnPage" in page or not isinstance(started_ms, int) or not isinstance(until_ms, int):
        return page
    return page | {"timeOnPage": max(0, until_ms - started_ms)}
