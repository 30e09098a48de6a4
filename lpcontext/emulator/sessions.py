"""App Engagement: sessions for callers whose browsing nobody monitors (contract 6.1, 6.2)."""

from __future__ import annotations

from typing import Any, Final

from .call import Call
from .error_responses import refuse
from .ids import is_visitor_id
from .merging import UnusableAttribute
from .messages import Response, json_response
from .visit import Visit
from .worlds import UNMONITORED, make_engagement

APP_TYPES: Final = ("MSDK", "EXTERNAL")


def create_session(call: Call) -> Response:
    """`POST /app/engagement/visitors/{visitor}`: the ids, new where the given ones are not known."""
    wanted = call.document()
    refusal = _find_refusal(call)
    if refusal or call.site is None:
        return refusal or refuse(6, choices=call.choices, now_ms=call.now_ms)
    if not isinstance(wanted, dict) or wanted.get("appType") not in APP_TYPES:
        return refuse(33, choices=call.choices, now_ms=call.now_ms, message="appType")
    visitor_id, session_id = call.names.get("visitor") or None, call.request.parameter("sid") or ""
    if visitor_id and not is_visitor_id(visitor_id):
        return refuse(37, choices=call.choices, now_ms=call.now_ms)
    visit = call.site.find_visit(visitor_id or "", session_id, now_ms=call.now_ms)
    if visit is None:
        visit = call.site.mint_visit(UNMONITORED, now_ms=call.now_ms, visitor_id=visitor_id)
        visit.advance(call.now_ms)
    return _report(call, visit, wanted) or json_response(_describe(visit, call.now_ms))


def update_session(call: Call) -> Response:
    """`PUT` on the same address: more attributes and impressions; 200 without a body."""
    body = call.document()
    refusal = _find_refusal(call)
    if refusal or call.site is None:
        return refusal or refuse(6, choices=call.choices, now_ms=call.now_ms)
    if not isinstance(body, dict) or not body.get("pageId"):
        return refuse(33, choices=call.choices, now_ms=call.now_ms, message="pageId")
    session_id = call.request.parameter("sid") or ""
    visit = call.site.find_visit(call.names.get("visitor", ""), session_id, now_ms=call.now_ms)
    if visit is None:
        return refuse(12, choices=call.choices, now_ms=call.now_ms)
    for impression in body.get("impAttributes", ()):
        if impression.get("type") == "impAccept":
            visit.accept(str(impression["eContext"][0]["id"]), at_ms=call.now_ms)
    return _report(call, visit, body) or Response()


def _find_refusal(call: Call) -> Response | None:
    if call.request.parameter("v") == "1.0":
        return None
    return refuse(33, choices=call.choices, now_ms=call.now_ms, message="Illegal Version")


def _report(call: Call, visit: Visit, body: dict[str, Any]) -> Response | None:
    """Put the attributes into the visit; the refusal where one cannot be used."""
    visit.interrupt(call.now_ms)
    try:
        for attribute in body.get("engagementAttributes", ()):
            visit.report(attribute, at_ms=call.now_ms)
    except (UnusableAttribute, AttributeError):
        return refuse(33, choices=call.choices, now_ms=call.now_ms, message="engagementAttributes")
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
