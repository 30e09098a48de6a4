"""The control door: tests and curious people change the stand-in while it runs. JSON only, under `/emulator/`.

    GET    /emulator/                     accounts, worlds and stories with lasting ids, faults there are and in force
    GET    /emulator/faults               the faults in force
    POST   /emulator/faults               {"name": "slow", "seconds": 4, "visitor": …} → 201 with its id
    DELETE /emulator/faults               lifts all; with ?id= one, with ?visitor= or ?chat= theirs
    GET    /emulator/log                  requests counted per kind and answer, arrivals (ms) per visitor, kind, chat
    DELETE /emulator/log                  starts counting anew
    POST   /emulator/accounts             {"account": "12345678"} serves one more → 201 with its credentials
    GET    /emulator/visits               the visits there are
    POST   /emulator/visits               {"world": "checkout", "account": …, "frozen": true} → 201 with fresh ids;
                                          with {"visitor": vid} a further session of that visitor, with {"count": 3}
                                          a list of so many visits
    POST   /emulator/visits/{vid}         {"frozen": true | false}
    DELETE /emulator/visits/{vid}         ends it: 404 / 12 from now on
    POST   /emulator/visits/{vid}/events  any of {"page": {"url", "title"}}, {"attributes": [SDE, …]},
                                          {"event": {kind: {…}}}, {"offer": {"type", "channel"}}, {"accept": "2"}

    *      /emulator/chats…               see `chats/control.py`

A fault's options: account, service (smt, agentVep, msdkgw, domain, all), visitor, chat (which makes the service
agentVep), kinds (a list of the log's kinds, of whichever service), count (requests it lasts), seconds, total (seconds
a dripping answer lasts), retry_after, path and value (both for `odd-field`), same_visitor (for `another-visit`).
Of a visitor with several sessions the newest is meant, unless `?sid=` names another.
"""

from __future__ import annotations

from typing import Any

from .accounts import EmulatedAccount
from .chats import STORIES, Story, fixed_chat_ids
from .chats.control import answer_chats
from .faults import UnknownFault
from .messages import Answer, Request, tell
from .misasked import Misasked
from .mischief import list_faults, put_in_force
from .sites import Site
from .stage import Stage
from .visit_control import answer_visits
from .worlds import WORLDS, fixed_ids


def answer_control(stage: Stage, request: Request) -> Answer:
    """Answer one request to the control door."""
    if request.method == "POST" and request.headers.get_content_type() != "application/json":
        # A web page can post anything else here without asking the browser for leave.
        return tell({"error": "Send application/json"}, status=415)
    path = [segment for segment in request.segments[1:] if segment]
    try:
        return _answer(stage, request, path, _read_body(request))
    except Misasked as problem:
        return tell({"error": str(problem)}, status=400)


def _answer(stage: Stage, request: Request, path: list[str], body: dict[str, Any]) -> Answer:
    match request.method, path:
        case "GET", []:
            return tell(_describe(stage))
        case "GET", ["faults"]:
            return tell([fault.describe() for fault in stage.faults.in_force()])
        case "POST", ["faults"]:
            return _add_fault(stage, body)
        case "DELETE", ["faults"]:
            return _clear_faults(stage, request)
        case "GET", ["log"]:
            return tell(stage.log.summary())
        case "DELETE", ["log"]:
            stage.log.clear()
            return Answer(status=204)
        case "POST", ["accounts"]:
            return _add_account(stage, body)
        case _, ["visits", *rest]:
            return answer_visits(stage, request, rest, body) or _refuse()
        case _, ["chats", *rest]:
            return answer_chats(stage, request, rest, body) or _refuse()
    return _refuse()


def _refuse() -> Answer:
    return tell({"error": "There is no such control"}, status=404)


def _read_body(request: Request) -> dict[str, Any]:
    if not request.body:
        return {}
    try:
        body = request.document()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Misasked("The body must be a JSON object")
    return body


def _describe(stage: Stage) -> dict[str, Any]:
    worlds = {
        world.name: {"summary": world.summary} | dict(zip(("visitorId", "sessionId"), fixed_ids(world), strict=True))
        for world in WORLDS.values()
    }
    stories = {story.name: _describe_story(story) for story in STORIES.values()}
    return {
        "accounts": list(stage.sites),
        "worlds": worlds,
        "stories": stories,
        "faults": {kind.name: kind.summary for kind in list_faults()},
        "inForce": [fault.describe() for fault in stage.faults.in_force()],
    }


def _describe_story(story: Story) -> dict[str, Any]:
    chat_id, visitor_id, session_id = fixed_chat_ids(story)
    return {"summary": story.summary, "chatId": chat_id, "visitorId": visitor_id, "sessionId": session_id}


def _add_fault(stage: Stage, body: dict[str, Any]) -> Answer:
    try:
        fault = put_in_force(stage.faults, str(body.pop("name", "")), **body)
    except UnknownFault as problem:
        raise Misasked(f"There is no fault with this {problem}") from problem
    return tell(fault.describe(), status=201)


def _clear_faults(stage: Stage, request: Request) -> Answer:
    fault_id = request.parameter("id")
    if fault_id is not None and not (fault_id.isascii() and fault_id.isdigit()):
        raise Misasked("A fault's id is a number")
    number = int(fault_id) if fault_id else None
    visitor, chat = request.parameter("visitor"), request.parameter("chat")
    return tell({"lifted": stage.faults.clear(fault_id=number, visitor=visitor, chat=chat)})


def _add_account(stage: Stage, body: dict[str, Any]) -> Answer:
    account = EmulatedAccount(str(body.get("account", "")))
    site = Site(account, choices=stage.choices, seed=account.account_id, now_ms=stage.now_ms())
    stage.sites.setdefault(account.account_id, site)
    return tell({"account": account.account_id, "credentials": account.credentials("oauth2")}, status=201)
