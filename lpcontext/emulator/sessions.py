"""App Engagement: sessions for callers whose browsing nobody monitors (contract 6.1, 6.2)."""

from __future__ import annotations

from typing import Any, Final

from .ids import is_visitor_id
from .merging import UnusableAttribute
from .messages import Answer, tell
from .refusals import refuse
from .stage import Ask
from .visit import Visit
from .worlds import UNMONITORED, make_engagement

APP_TYPES: Final = ("MSDK", "EXTERNAL")


def create_session(ask: Ask) -> Answer:
    """`POST /app/engagement/visitors/{visitor}`: the ids, new where the given ones are not known."""
    wanted = ask.document()
    refusal = _find_refusal(ask)
    if refusal or ask.site is None:
        return refusal or refuse(6, choices=ask.choices, now_ms=ask.now_ms)
    if not isinstance(wanted, dict) or wanted.get("appType") not in APP_TYPES:
        return refuse(33, choices=ask.choices, now_ms=ask.now_ms, message="appType")
    visitor_id, session_id = ask.names.get("visitor") or None, ask.request.parameter("sid") or ""
    if visitor_id and not is_visitor_id(visitor_id):
        return refuse(37, choices=ask.choices, now_ms=ask.now_ms)
    visit = ask.site.find_visit(visitor_id or "", session_id, now_ms=ask.now_ms)
    if visit is None:
        visit = ask.site.mint_visit(UNMONITORED, now_ms=ask.now_ms, visitor_id=visitor_id)
        visit.advance(ask.now_ms)
    return _report(ask, visit, wanted) or tell(_describe(visit, ask.now_ms))


def update_session(ask: Ask) -> Answer:
    """`PUT` on the same address: more attributes and impressions; 200 without a body."""
    told = ask.document()
    refusal = _find_refusal(ask)
    if refusal or ask.site is None:
        return refusal or refuse(6, choices=ask.choices, now_ms=ask.now_ms)
    if not isinstance(told, dict) or not told.get("pageId"):
        return refuse(33, choices=ask.choices, now_ms=ask.now_ms, message="pageId")
    session_id = ask.request.parameter("sid") or ""
    visit = ask.site.find_visit(ask.names.get("visitor", ""), session_id, now_ms=ask.now_ms)
    if visit is None:
        return refuse(12, choices=ask.choices, now_ms=ask.now_ms)
    for impression in told.get("impAttributes", ()):
        if impression.get("type") == "impAccept":
            visit.accept(str(impression["eContext"][0]["id"]), at_ms=ask.now_ms)
    return _report(ask, visit, told) or Answer()


def _find_refusal(ask: Ask) -> Answer | None:
    if ask.request.parameter("v") == "1.0":
        return None
    return refuse(33, choices=ask.choices, now_ms=ask.now_ms, message="Illegal Version")


def _report(ask: Ask, visit: Visit, told: dict[str, Any]) -> Answer | None:
    """Put the attributes into the visit; the refusal where one cannot be used."""
    visit.interrupt(ask.now_ms)
    try:
        for attribute in told.get("engagementAttributes", ()):
            visit.report(attribute, at_ms=ask.now_ms)
    except (UnusableAttribute, AttributeError):
        return refuse(33, choices=ask.choices, now_ms=ask.now_ms, message="engagementAttributes")
    return None


def _describe(visit: Visit, now_ms: int) -> dict[str, Any]:
    if not visit.pages:
        visit.open_page("app://session", "Application", at_ms=now_ms)
    if not visit.engagements:
        visit.offer(make_engagement(engagement_id=3562981110, campaign_id=3346848610, channel=1))
    offered = visit.engagements[-1]
    entity = offered["engagement"]["engagementEntity"]
    return {
        "status": "Available",
        "sessionId": visit.session_id,
        "visitorId": visit.visitor_id,
        "pageId": visit.pages[-1]["id"],
        "engagementDetails": {
            "campaignId": str(offered["engagement"]["campaignEntity"]["id"]),
            "engagementId": str(entity["id"]),
            "contextId": offered["id"],
            "windowId": "3346847910",
            "language": "en-US",
            "engagementRevision": entity["revision"],
            "validForSeconds": 900,
        },
    }
