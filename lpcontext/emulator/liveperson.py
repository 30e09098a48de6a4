"""LivePerson itself: a request in, its honest answer out, as spoiled as the faults in force want it."""

from __future__ import annotations

from contextlib import nullcontext

from .call import Call
from .fault_kinds import apply_faults
from .messages import Request, Response, json_response
from .routes import Route, find_route
from .state import EmulatorState


def respond_as_liveperson(state: EmulatorState, request: Request) -> Response:
    """Answer one call; an address LivePerson does not have here is refused loudly."""
    found = find_route(request.meant_method, request.segments)
    if found is None:
        state.log.note("unknown", arrived_ms=request.arrived_ms)
        return json_response({"message": f"The emulator does not play {request.method} here"}, status=404)
    route, names = found
    call = Call(
        request=request,
        kind=route.kind,
        service=route.service,
        names=names,
        site=state.sites.get(names["account"]),
        choices=state.choices,
        now_ms=state.now_ms(),
        session_id=request.parameter("sid") or "",
        chat_ids=_read_chat_ids(route, names, request),
    )
    state.log.note(call.kind, visitor_id=call.visitor_id, chat_ids=call.chat_ids, arrived_ms=request.arrived_ms)
    response = _apply_faults(state, call, route)
    state.log.note_status(route.kind, response.status)
    return response


def _apply_faults(state: EmulatorState, call: Call, route: Route) -> Response:
    with call.site.lock if call.site else nullcontext():
        return apply_faults(state.faults.take(call), call, route.handler)


def _read_chat_ids(route: Route, names: dict[str, str], request: Request) -> tuple[str, ...]:
    if "chat" in names:
        return (names["chat"],)
    keys = request.parameter("chatSessionKeys") if route.kind == "chats" else None
    return tuple(key for key in (keys or "").split(",") if key)
