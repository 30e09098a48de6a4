"""The part of the control door that begins, changes and ends visits; `control.py` describes it."""

from __future__ import annotations

from typing import Any, Final

from .ids import is_visitor_id, lengthen_session_id
from .merging import UnusableAttribute
from .messages import Answer, Request, tell
from .misasked import Misasked
from .sites import Site
from .stage import Stage
from .visit import Visit
from .worlds import WORLDS, World, make_engagement

OFFERED_ID: Final = 555009000
VISITS_AT_ONCE: Final = 10_000


def answer_visits(stage: Stage, request: Request, path: list[str], body: dict[str, Any]) -> Answer | None:
    """Answer one request, None where there is no such control. Raises Misasked."""
    match request.method, path:
        case "GET", []:
            return tell([_describe_visit(site, visit) for site in stage.sites.values() for visit in site.all_visits()])
        case "POST", []:
            return _mint_visits(stage, body)
        case (("POST" | "DELETE"), [visitor_id, *rest]) if rest in ([], ["events"]):
            return _change_visit(stage, request, visitor_id, rest, body)
    return None


def _mint_visits(stage: Stage, body: dict[str, Any]) -> Answer:
    world = WORLDS.get(str(body.get("world", "checkout")))
    site = stage.sites.get(str(body.get("account", next(iter(stage.sites)))))
    if world is None or site is None:
        raise Misasked("There is no such world" if world is None else "There is no such account")
    count, visitor_id = body.get("count"), body.get("visitor")
    if count is not None and (not isinstance(count, int) or not 0 <= count <= VISITS_AT_ONCE):
        raise Misasked(f"The count is a number up to {VISITS_AT_ONCE}")
    if visitor_id is not None and not is_visitor_id(str(visitor_id)):
        raise Misasked("No visitor has such an id")
    frozen = bool(body.get("frozen"))
    told = [_begin_visit(stage, site, world, visitor_id, frozen) for _ in range(1 if count is None else count)]
    return tell(told[0] if count is None else told, status=201)


def _begin_visit(stage: Stage, site: Site, world: World, visitor_id: str | None, frozen: bool) -> dict[str, Any]:
    with site.lock:
        visit = site.mint_visit(world, now_ms=stage.now_ms(), visitor_id=visitor_id)
        if frozen:
            visit.freeze(stage.now_ms())
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


def _change_visit(stage: Stage, request: Request, visitor_id: str, rest: list[str], body: dict[str, Any]) -> Answer:
    now_ms, session_id = stage.now_ms(), request.parameter("sid")
    for site in stage.sites.values():
        with site.lock:
            visit = (
                site.find_visit(visitor_id, session_id, now_ms=now_ms)
                if session_id
                else site.newest_visit_of(visitor_id, now_ms=now_ms)
            )
            if visit is not None:
                _apply(site, visit, request.method, rest, body, now_ms)
                return tell(_describe_visit(site, visit))
    return tell({"error": "There is no such visit"}, status=404)


def _apply(site: Site, visit: Visit, method: str, rest: list[str], body: dict[str, Any], now_ms: int) -> None:
    if method == "DELETE":
        site.end_visit(visit)
    elif rest:
        visit.interrupt(now_ms)
        try:
            _add_events(visit, body, now_ms)
        except (UnusableAttribute, KeyError, TypeError, AttributeError) as problem:
            raise Misasked("This page, attribute, event or offer cannot be read") from problem
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
        raise Misasked("There is no offer of this id")
