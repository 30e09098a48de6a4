"""The control API: tests and curious people change the emulator while it runs. JSON only, under `/emulator/`.

    GET    /emulator/                     accounts, worlds and stories with lasting ids, faults there are and in force
    GET    /emulator/faults               the faults in force
    POST   /emulator/faults               {"name": "slow", "seconds": 4, "visitor": …} → 201 with its id
    DELETE /emulator/faults               lifts all; with ?id= one, with ?visitor= or ?chat= theirs
    GET    /emulator/log                  requests counted per kind and answer, arrivals (ms) per visitor, kind, chat
    DELETE /emulator/log                  starts counting anew
    GET    /emulator/clock                {"nowMs", "stopped"} of the clock the stories and logins go by
    POST   /emulator/clock                any of {"stopped": true | false}, {"advance_ms": 60000}; forward only
    POST   /emulator/accounts             {"account": "12345678"} serves one more → 201 with its credentials
    GET    /emulator/visits               the visits there are
    POST   /emulator/visits               {"world": "checkout", "account": …, "frozen": true} → 201 with fresh ids;
                                          with {"visitor": vid} a further session of that visitor, with {"count": 3}
                                          a list of so many visits
    POST   /emulator/visits/{vid}         {"frozen": true | false}
    DELETE /emulator/visits/{vid}         ends it: 404 / 12 from now on
    POST   /emulator/visits/{vid}/events  any of {"page": {"url", "title"}}, {"attributes": [SDE, …]},
                                          {"event": {kind: {…}}}, {"offer": {"type", "channel"}}, {"accept": "2"}

    *      /emulator/chats…               see `chat_control.py`

A fault's options: account, service (smt, agentVep, msdkgw, domain, all), visitor, chat (which makes the service
agentVep), kinds (a list of the log's kinds, of whichever service), count (requests it lasts), seconds, total (seconds
a dripping answer lasts), retry_after, path and value (both for `odd-field`), same_visitor (for `another-visit`).
Of a visitor with several sessions the newest is meant, unless `?sid=` names another.
"""

from __future__ import annotations

from typing import Any, Final

from .accounts import EmulatedAccount
from .bad_request import BadControlRequest
from .chat_control import respond_to_chat_control
from .chats import STORIES, Story, fixed_chat_ids
from .fault_kinds import activate_fault, list_faults
from .faults import UnknownFault
from .messages import Request, Response, json_response
from .sites import Site
from .state import EmulatorState
from .visit_control import respond_to_visit_control
from .worlds import WORLDS, fixed_ids

ADVANCE_MS_MOST: Final = 7 * 24 * 3600 * 1000


def respond_to_control(state: EmulatorState, request: Request) -> Response:
    """Answer one request to the control API."""
    if request.method == "POST" and request.headers.get_content_type() != "application/json":
        # A web page can post anything else here without asking the browser for leave.
        return json_response({"error": "Send application/json"}, status=415)
    path = [segment for segment in request.segments[1:] if segment]
    try:
        return _respond(state, request, path, _read_body(request))
    except BadControlRequest as problem:
        return json_response({"error": str(problem)}, status=400)


def _respond(state: EmulatorState, request: Request, path: list[str], body: dict[str, Any]) -> Response:
    match request.method, path:
        case "GET", []:
            return json_response(_describe(state))
        case "GET", ["faults"]:
            return json_response([fault.describe() for fault in state.faults.active()])
        case "POST", ["faults"]:
            return _add_fault(state, body)
        case "DELETE", ["faults"]:
            return _clear_faults(state, request)
        case "GET", ["log"]:
            return json_response(state.log.summary())
        case "DELETE", ["log"]:
            state.log.clear()
            return Response(status=204)
        case "GET", ["clock"]:
            return json_response(_describe_clock(state))
        case "POST", ["clock"]:
            return _set_clock(state, body)
        case "POST", ["accounts"]:
            return _add_account(state, body)
        case _, ["visits", *rest]:
            return respond_to_visit_control(state, request, rest, body) or _refuse()
        case _, ["chats", *rest]:
            return respond_to_chat_control(state, request, rest, body) or _refuse()
    return _refuse()


def _refuse() -> Response:
    return json_response({"error": "There is no such control"}, status=404)


def _read_body(request: Request) -> dict[str, Any]:
    if not request.body:
        return {}
    try:
        body = request.document()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise BadControlRequest("The body must be a JSON object")
    return body


def _describe(state: EmulatorState) -> dict[str, Any]:
    worlds = {
        world.name: {"summary": world.summary} | dict(zip(("visitorId", "sessionId"), fixed_ids(world), strict=True))
        for world in WORLDS.values()
    }
    stories = {story.name: _describe_story(story) for story in STORIES.values()}
    return {
        "accounts": list(state.sites),
        "worlds": worlds,
        "stories": stories,
        "faults": {kind.name: kind.summary for kind in list_faults()},
        "inForce": [fault.describe() for fault in state.faults.active()],
    }


def _describe_story(story: Story) -> dict[str, Any]:
    chat_id, visitor_id, session_id = fixed_chat_ids(story)
    return {"summary": story.summary, "chatId": chat_id, "visitorId": visitor_id, "sessionId": session_id}


def _add_fault(state: EmulatorState, body: dict[str, Any]) -> Response:
    try:
        fault = activate_fault(state.faults, str(body.pop("name", "")), **body)
    except UnknownFault as problem:
        raise BadControlRequest(f"There is no fault with this {problem}") from problem
    return json_response(fault.describe(), status=201)


def _clear_faults(state: EmulatorState, request: Request) -> Response:
    fault_id = request.parameter("id")
    if fault_id is not None and not (fault_id.isascii() and fault_id.isdigit()):
        raise BadControlRequest("A fault's id is a number")
    number = int(fault_id) if fault_id else None
    visitor, chat = request.parameter("visitor"), request.parameter("chat")
    return json_response({"lifted": state.faults.clear(fault_id=number, visitor=visitor, chat=chat)})


def _describe_clock(state: EmulatorState) -> dict[str, Any]:
    return {"nowMs": state.now_ms(), "stopped": state.clock.is_stopped}


def _set_clock(state: EmulatorState, body: dict[str, Any]) -> Response:
    advance_ms, is_stopped = body.get("advance_ms", 0), body.get("stopped", state.clock.is_stopped)
    is_forward = isinstance(advance_ms, int) and not isinstance(advance_ms, bool) and 0 <= advance_ms <= ADVANCE_MS_MOST
    if not is_forward or not isinstance(is_stopped, bool):
        raise BadControlRequest(f"advance_ms is a number from 0 to {ADVANCE_MS_MOST}, stopped is true or false")
    state.clock.stop() if is_stopped else state.clock.go()
    state.clock.advance(advance_ms)
    return json_response(_describe_clock(state))


def _add_account(state: EmulatorState, body: dict[str, Any]) -> Response:
    account = EmulatedAccount(str(body.get("account", "")))
    site = Site(account, choices=state.choices, seed=account.account_id, now_ms=state.now_ms())
    state.sites.setdefault(account.account_id, site)
    return json_response({"account": account.account_id, "credentials": account.credentials("oauth2")}, status=201)
