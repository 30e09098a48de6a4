"""LivePerson itself: a request in, its honest answer out, as spoiled as the faults in force want it."""

from __future__ import annotations

from contextlib import nullcontext

from .messages import Answer, Request, tell
from .mischief import play_faults
from .routes import Route, find_route
from .stage import Ask, Stage


def answer_liveperson(stage: Stage, request: Request) -> Answer:
    """Answer one call; an address LivePerson does not have here is refused loudly."""
    found = find_route(request.meant_method, request.segments)
    if found is None:
        stage.log.note("unknown", arrived_ms=request.arrived_ms)
        return tell({"message": f"The emulator does not play {request.method} here"}, status=404)
    route, names = found
    ask = Ask(
        request=request,
        kind=route.kind,
        service=route.service,
        names=names,
        site=stage.sites.get(names["account"]),
        choices=stage.choices,
        now_ms=stage.now_ms(),
        session_id=request.parameter("sid") or "",
        chat_ids=_read_chat_ids(route, names, request),
    )
    stage.log.note(ask.kind, visitor_id=ask.visitor_id, chat_ids=ask.chat_ids, arrived_ms=request.arrived_ms)
    answer = _play(stage, ask, route)
    stage.log.note_status(route.kind, answer.status)
    return answer


def _play(stage: Stage, ask: Ask, route: Route) -> Answer:
    with ask.site.lock if ask.site else nullcontext():
        return play_faults(stage.faults.take(ask), ask, route.play)


def _read_chat_ids(route: Route, names: dict[str, str], request: Request) -> tuple[str, ...]:
    if "chat" in names:
        return (names["chat"],)
    keys = request.parameter("chatSessionKeys") if route.kind == "chats" else None
    return tuple(key for key in (keys or "").split(",") if key)
