"""The desk: a demo CRM that frames the panel beside a caller's record, as somebody else's CRM would.

    GET  /desk/          the page; `#checkout` in its address places that caller's call at once
    GET  /desk/callers   who is waiting, which ways there are to open the panel, which troubles one can make
    POST /desk/call      {"caller": "checkout", "openedBy": "ticket", "forged": false}
                         → {"url", "fields", "note", "visitorId", "chatId", "fault"}; fields are posted, null: none
    GET  /desk/audit     {"records": […]}: what the panel's operator reads of it
    POST /desk/trouble   {"visitorId": …, "chatId": …, "fault": "slow"}, either id may be null; no fault: none

It knows the panel by its address and its keys, and its audit by an operator's sign-in, nothing else.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from ..fault_kinds import activate_fault
from ..messages import Request, Response, json_response
from ..state import EmulatorState
from .click_to_call import NothingToPress
from .opening import build_opening, forge, list_ways
from .panel_access import CrmKey, Desk
from .panel_operator import NoRecords, Operator
from .signed_forms import CallFacts
from .ticket import TicketRefused
from .waiting_callers import find_waiting_caller, list_callers, place_call

PAGES: Final = Path(__file__).parent / "pages"
FILES: Final = {
    "": ("desk.html", "text/html;charset=UTF-8"),
    "desk.css": ("desk.css", "text/css;charset=UTF-8"),
    "desk.js": ("desk.js", "text/javascript;charset=UTF-8"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
}
TROUBLES: Final = {
    "slow": "LivePerson is slow",
    "503": "LivePerson is down",
    "timeout": "LivePerson does not answer",
    "429": "Too many requests",
    "ended": "The session ends",
    "not-found": "Session not found",
    "visitor": "Wrong visitor id",
    "session": "Wrong session id",
    "account": "Wrong account",
    "bad-request": "Bad request",
    "unauthorized": "Credentials refused",
    "truncated": "Answer cut in half",
    "odd-field": "One odd field",
}
# What is wrong with how the panel is opened, and not with LivePerson.
REFUSALS: Final = {"forged": "Forged proof", "used": "Opened twice"}


def respond_to_desk(state: EmulatorState, desk: Desk | None, request: Request) -> Response:
    """Answer one request to the desk."""
    match request.method, list(request.segments[1:]):
        case "GET", [name] if name in FILES:
            return _show(name, desk)
        case "GET", []:
            return Response(status=302, headers=(("Location", "/desk/"),))
        case "GET", ["callers"]:
            return json_response(_describe_desk(desk))
        case "GET", ["audit"]:
            return _show_audit(desk)
        case "POST", ["call" | "trouble" as action]:
            return _do(action, state, desk, request)
    return json_response({"error": "The desk has no such page."}, status=404)


def _do(action: str, state: EmulatorState, desk: Desk | None, request: Request) -> Response:
    origin = request.headers.get("Origin")
    if request.headers.get_content_type() != "application/json" or origin not in (None, _origin(request)):
        return json_response({"error": "Only the desk itself may ask this."}, status=403)
    try:
        body = request.document()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return json_response({"error": "The desk did not understand itself."}, status=400)
    return _place_call(state, desk, request, body) if action == "call" else _make_trouble(state, body)


def _place_call(state: EmulatorState, desk: Desk | None, request: Request, body: dict[str, Any]) -> Response:
    waiting = find_waiting_caller(str(body.get("caller")))
    if waiting is None:
        return json_response({"error": "Nobody of that name is waiting."}, status=404)
    if desk is None:
        return json_response({"error": "This desk was started without a panel to frame."}, status=503)
    account_id = desk.account_id or next(iter(state.sites))
    placed = place_call(state, waiting, account_id)
    call = CallFacts(
        account_id=account_id, subject=placed.subject, origin=_origin(request), now_s=request.arrived_ms // 1000
    )
    try:
        opening = build_opening(state, desk, str(body.get("openedBy", "ticket")), placed=placed, call=call)
    except (TicketRefused, NothingToPress) as refusal:
        return json_response({"error": str(refusal)}, status=502)
    if body.get("forged"):
        opening = forge(opening)
    about = {"visitorId": placed.visitor_id, "chatId": placed.chat_id, "fault": waiting.fault}
    return json_response({**asdict(opening), **about})


def _describe_desk(desk: Desk | None) -> dict[str, Any]:
    return {
        "callers": list_callers(),
        "ways": list_ways(desk),
        "troubles": TROUBLES,
        "refusals": REFUSALS,
        "audit": desk.operator.list_url if desk and desk.operator else None,
        "ready": desk is not None,
    }


def _show_audit(desk: Desk | None) -> Response:
    if desk is None or desk.operator is None:
        return json_response({"error": "This desk may not read the panel's audit."}, status=503)
    try:
        return json_response({"records": desk.operator.read_records()})
    except NoRecords as problem:
        return json_response({"error": str(problem)}, status=502)


def _make_trouble(state: EmulatorState, body: dict[str, Any]) -> Response:
    fault = body.get("fault")
    targets = {kind: str(body[key]) for kind, key in (("visitor", "visitorId"), ("chat", "chatId")) if body.get(key)}
    if targets:
        state.faults.clear(visitor=targets.get("visitor"), chat=targets.get("chat"))
    if fault in TROUBLES:
        for kind, target_id in targets.items():
            activate_fault(state.faults, str(fault), **{kind: target_id})
    return json_response({"fault": fault if fault in TROUBLES else None})


def _show(name: str, desk: Desk | None) -> Response:
    file_name, content_type = FILES[name]
    headers = (
        ("Content-Security-Policy", _content_policy(desk)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
    )
    return Response(body=(PAGES / file_name).read_bytes(), content_type=content_type, headers=headers)


def _content_policy(desk: Desk | None) -> str:
    """Nothing inline, nothing from elsewhere, and only the panel in a frame, or posted to."""
    panel = urlsplit(desk.panel_url) if desk else None
    frames = f"{panel.scheme}://{panel.netloc}" if panel else "'none'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        f"frame-src {frames}; form-action {frames}; base-uri 'none'; frame-ancestors 'none'"
    )


def _origin(request: Request) -> str:
    return f"{request.scheme}://{request.host}"


__all__ = ["CrmKey", "Desk", "Operator", "respond_to_desk"]
