"""The part of the control API that begins, changes and ends visits; `control.py` describes it."""

from __future__ import annotations

from typing import Any, Final

from .bad_request import BadControlRequest
from .ids import is_visitor_id, lengthen_session_id
from .merging import UnusableAttribute
from .messages import Request, Response, json_response
from .sites import Site
from .state import EmulatorState
from .visit import Visit
from .worlds import WORLDS, World, make_engagement

OFFERED_ID: Final = 555009000
VISITS_AT_ONCE: Final = 10_000


def respond_to_visit_control(
    state: EmulatorState, request: Request, path: list[str], body: dict[str, Any]
) -> Response | None:
    """Answer one request, None where there is no such control. Raises BadControlRequest."""
    match request.method, path:
        case "GET", []:
            return json_response(
                [_describe_visit(site, visit) for site in state.sites.values() for visit in site.all_visits()]
            )
        case "POST", []:
            return _mint_visits(state, body)
        case (("POST" | "DELETE"), [visitor_id, *rest]) if rest in ([], ["events"]):
            return _change_visit(state, request, visitor_id, rest, body)
    return None


def _mint_visits(state: EmulatorState, body: dict[str, Any]) -> Response:
    world = WORLDS.get(str(body.get("world", "checkout")))
    site = state.sites.get(str(body.get("account", next(iter(state.sites)))))
    if world is None or site is None:
        raise BadControlRequest("There is no such world" if world is None else "There is no such account")
    count, visitor_id = body.get("count"), body.get("visitor")
    if count is not None and (not isinstance(count, int) or not 0 <= count <= VISITS_AT_ONCE):
        raise BadControlRequest(f"The count is a number up to {VISITS_AT_ONCE}")
    if visitor_id is not None and not is_visitor_id(str(visitor_id)):
        raise BadControlRequest("No visitor has such an id")
    frozen = bool(body.get("frozen"))
    begun = [_begin_visit(state, site, world, visitor_id, frozen) for _ in range(1 if count is None else count)]
    return json_response(begun[0] if count is None else begun, status=201)


def _begin_visit(
    state: EmulatorState, site: Site, world: World, visitor_id: str | None, frozen: bool
) -> dict[str, Any]:
    with site.lock:
        visit = site.mint_visit(world, now_ms=state.now_ms(), visitor_id=visitor_id)
        if frozen:
            visit.freeze(state.now_ms())
        return _describe_visit(site, visit)


def _describe_visit(site: Site, visit: Visit) -> dict[str, Any]:
    return {
        "account": site.account.account_id,
        "world": visit.world.name,
        "visitorId": visit.visitor_id,
        "sessionId": visit.session_id,
        "longSessionId": lengthen_session_id(visit.session_id),
        "frozen": visit.frozen_ms is not None,
    }


def _change_visit(
    state: EmulatorState, request: Request, visitor_id: str, rest: list[str], body: dict[str, Any]
) -> Response:
    now_ms, session_id = state.now_ms(), request.parameter("sid")
    for site in state.sites.values():
        with site.lock:
            visit = (
                site.find_visit(visitor_id, session_id, now_ms=now_ms)
                if session_id
                else site.newest_visit_of(visitor_id, now_ms=now_ms)
            )
            if visit is not None:
                _apply(site, visit, request.method, rest, body, now_ms)
                return json_response(_describe_visit(site, visit))
    return json_response({"error": "There is no such visit"}, status=404)


def _apply(site: Site, visit: Visit, method: str, rest: list[str], body: dict[str, Any], now_ms: int) -> None:
    if method == "DELETE":
        site.end_visit(visit)
    elif rest:
        visit.interrupt(now_ms)
        try:
            _add_events(visit, body, now_ms)
        except (UnusableAttribute, KeyError, TypeError, AttributeError) as problem:
            raise BadControlRequest("This page, attribute, event or offer cannot be read") from problem
    elif body.get("frozen"):
        visit.freeze(now_ms)
    else:
        visit.thaw()


def _add_events(visit: Visit, body: dict[str, Any], now_ms: int) -> None:
    if "page" in body:
        page = body["page"]
        visit.open_page(page["url"], page["title"], sections=page.get("sections"), at_ms=now_ms)
    for attribute in body.get("attributes", ()):
        visit.report(attribute, at_ms=now_ms)
    if "event" in body:
        visit.add_event(body["event"], at_ms=now_ms)
    if "offer" in body:
        offer = body["offer"]
        visit.offer(
            make_engagement(engagement_id=OFFERED_ID, type_code=offer.get("type", 6), channel=offer.get("channel", 1))
        )
    if "accept" in body and not visit.accept(str(body["accept"]), at_ms=now_ms):
        raise BadControlRequest("There is no offer of this id")
