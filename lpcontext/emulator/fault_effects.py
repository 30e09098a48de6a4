"""What the faults do to a response, but for those of the connection and those about somebody else."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from .authorization import refuse_with_oauth_problem
from .call import Call
from .chat_agent.agent_call import refuse_cookie
from .error_responses import refuse, refuse_login
from .faults import Effect, Fault, Proceed
from .ids import make_visitor_id
from .messages import JSON_TYPE, Response, encode_json, json_response
from .rng import seed_rng

ODD_PATHS: Final = ("appSessions[].geo.country", "info.language", "chat.info.language", "chats.chat[].info.language")
HTML: Final = b"<!doctype html><html><title>Sorry</title><h1>We will be right back</h1></html>"


def fail(status: int) -> Effect:
    """A status without a body; 429 says `retry_after` where the fault does."""

    def effect(fault: Fault, call: Call, proceed: Proceed) -> Response:
        pause = (("Retry-After", f"{fault.retry_after:g}"),) if fault.retry_after is not None else ()
        return Response(status=status, body=b"", content_type="text/plain", headers=pause)

    return effect


def refuse_with(code: int) -> Effect:
    """LivePerson's refusal with this internal code."""
    return lambda fault, call, proceed: refuse(code, choices=call.choices, now_ms=call.now_ms)


def refuse_login_with(status: int, message: str) -> Effect:
    """The Login Service's refusal."""
    return lambda fault, call, proceed: refuse_login(status, message=message, now_ms=call.now_ms)


def load_account(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """The account is not loaded: the body has the visitor id in its message (contract 0.6, 6.1)."""
    visitor_id = call.names.get("visitor") or make_visitor_id(seed_rng(f"loading:{call.now_ms}"))
    message = f"Loading account: {call.names['account']}, vid: {visitor_id}"
    return refuse(20, choices=call.choices, now_ms=call.now_ms, message=message, status=500)


def html_page(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """A page where a document belongs."""
    return Response(body=HTML, content_type="text/html;charset=UTF-8")


def empty(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """200 and nothing."""
    return Response()


def truncate(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """Half of the body."""
    response = proceed(call)
    return replace(response, body=response.body[: len(response.body) // 2])


def not_object(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """An array where an object belongs."""
    return json_response([1, 2, 3])


def redirect(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """To another host."""
    return Response(status=302, headers=(("Location", "https://elsewhere.example.com/"),))


def oauth_problem(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """A form-encoded 401."""
    return refuse_with_oauth_problem("signature_invalid")


def forget_bearers(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """Every bearer of the account is worth nothing from now on."""
    if call.site is not None:
        call.site.logins.forget_all()
    return proceed(call)


def forget_agent_sessions(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """Every agent session of the account is unknown from now on."""
    if call.site is not None:
        call.site.chats.forget_sessions()
    return proceed(call)


def refuse_cookie_of(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """As for another agent session's cookie."""
    return refuse_cookie(call)


def foreign_host(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """The Domain API's answer names a host that is not LivePerson's."""
    response = proceed(call)
    host = json.dumps(call.request.host).encode()
    return replace(response, body=response.body.replace(host, b'"evil.example.com"'))


def odd_field(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """`value` where the fault's `path` leads, or something odd at a few places."""
    response = proceed(call)
    if response.status != 200 or response.content_type != JSON_TYPE:
        return response
    document = json.loads(response.body)
    for path in (fault.path,) if fault.path else ODD_PATHS:
        _put(document, path.split("."), {"odd": True} if fault.value is None else fault.value)
    return replace(response, body=encode_json(document))


def _put(place: Any, path: list[str], value: Any) -> None:
    """Set what the path leads to; `[]` means every item. A path that leads nowhere changes nothing."""
    name, rest = path[0].removesuffix("[]"), path[1:]
    if not isinstance(place, dict):
        return
    if path[0].endswith("[]") and isinstance(place.get(name), list):
        if not rest:
            place[name] = [value for _ in place[name]]
        for item in place[name]:
            _put(item, rest, value) if rest else None
    elif rest:
        _put(place.get(name), rest, value)
    else:
        place[name] = value


def end_after_first(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """The first success goes through, so that the panel has something to freeze; then the visit is gone."""
    visit = call.site.find_visit(call.visitor_id or "", call.session_id, now_ms=call.now_ms) if call.site else None
    if visit is not None and not visit.was_read:
        return proceed(call)
    return refuse(12, choices=call.choices, now_ms=call.now_ms)
