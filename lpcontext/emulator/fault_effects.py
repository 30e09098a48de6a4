"""What each fault does to a response: the registry of everything `faults.py` can switch on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from .authorization import refuse_with_oauth_problem
from .call import Call
from .chat_agent.agent_call import refuse_cookie
from .chat_agent.call_kinds import READS
from .connection_faults import drip, drop, gzip_of_nothing, reset, slow, timeout
from .error_responses import refuse, refuse_login
from .faults import CHAT_SERVICE, DOMAIN, LOGIN, ActiveFaults, Effect, Fault, FaultKind, Proceed, UnknownFault
from .messages import JSON_TYPE, Response, encode_json, json_response
from .routes import ROUTES
from .wrong_subject_faults import answer_about_another_chat, answer_about_another_visit

DRIP_SECONDS: Final = 0.5
CALLS: Final = tuple({route.kind: None for route in ROUTES})
ODD_PATHS: Final = ("appSessions[].geo.country", "info.language", "chat.info.language", "chats.chat[].info.language")
HTML: Final = b"<!doctype html><html><title>Sorry</title><h1>We will be right back</h1></html>"


def list_faults() -> tuple[FaultKind, ...]:
    """Every fault there is."""
    return tuple(KINDS.values())


def activate_fault(board: ActiveFaults, name: str, **options: Any) -> Fault:
    """Switch a fault on. Raises UnknownFault."""
    if name not in KINDS:
        raise UnknownFault("name")
    kinds = options.get("kinds", ())
    if not isinstance(kinds, (list, tuple)) or any(kind not in CALLS for kind in kinds):
        raise UnknownFault("kind of call")
    return board.add(KINDS[name], **options)


def apply_faults(applied: tuple[Fault, ...], call: Call, proceed: Proceed) -> Response:
    """The answer as the faults leave it; the newest fault has the last word."""
    for fault in applied:
        proceed = _wrap(KINDS[fault.name].effect, fault, proceed)
    return proceed(call)


def _wrap(effect: Effect, fault: Fault, inner: Proceed) -> Proceed:
    return lambda call: effect(fault, call, inner)


def _fail(status: int) -> Effect:
    def effect(fault: Fault, call: Call, proceed: Proceed) -> Response:
        pause = (("Retry-After", f"{fault.retry_after:g}"),) if fault.retry_after is not None else ()
        return Response(status=status, body=b"", content_type="text/plain", headers=pause)

    return effect


def _refuse(code: int) -> Effect:
    return lambda fault, call, proceed: refuse(code, choices=call.choices, now_ms=call.now_ms)


def _refuse_login(status: int, message: str) -> Effect:
    return lambda fault, call, proceed: refuse_login(status, message=message, now_ms=call.now_ms)


def _html(fault: Fault, call: Call, proceed: Proceed) -> Response:
    return Response(body=HTML, content_type="text/html;charset=UTF-8")


def _empty(fault: Fault, call: Call, proceed: Proceed) -> Response:
    return Response()


def _truncated(fault: Fault, call: Call, proceed: Proceed) -> Response:
    response = proceed(call)
    return replace(response, body=response.body[: len(response.body) // 2])


def _not_object(fault: Fault, call: Call, proceed: Proceed) -> Response:
    return json_response([1, 2, 3])


def _redirect(fault: Fault, call: Call, proceed: Proceed) -> Response:
    return Response(status=302, headers=(("Location", "https://elsewhere.example.com/"),))


def _oauth_problem(fault: Fault, call: Call, proceed: Proceed) -> Response:
    return refuse_with_oauth_problem("signature_invalid")


def _forget_bearers(fault: Fault, call: Call, proceed: Proceed) -> Response:
    if call.site is not None:
        call.site.logins.forget_all()
    return proceed(call)


def _forget_agent_sessions(fault: Fault, call: Call, proceed: Proceed) -> Response:
    if call.site is not None:
        call.site.chats.forget_sessions()
    return proceed(call)


def _refuse_cookie(fault: Fault, call: Call, proceed: Proceed) -> Response:
    return refuse_cookie(call)


def _foreign_host(fault: Fault, call: Call, proceed: Proceed) -> Response:
    response = proceed(call)
    host = json.dumps(call.request.host).encode()
    return replace(response, body=response.body.replace(host, b'"evil.example.com"'))


def _odd_field(fault: Fault, call: Call, proceed: Proceed) -> Response:
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


def _ended(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """The first success goes through, so that the panel has something to freeze; then the visit is gone."""
    visit = call.site.find_visit(call.visitor_id or "", call.session_id, now_ms=call.now_ms) if call.site else None
    if visit is not None and not visit.was_read:
        return proceed(call)
    return refuse(12, choices=call.choices, now_ms=call.now_ms)


_KINDS: Final = (
    FaultKind("slow", "answers after `seconds`", slow),
    FaultKind("timeout", "takes the request and never answers", timeout),
    FaultKind("drop", "closes the connection in the middle of the answer", drop),
    FaultKind("reset", "resets the connection instead of answering", reset),
    FaultKind("drip-headers", "a head that trickles, a byte every `seconds`", drip("head"), seconds=DRIP_SECONDS),
    FaultKind("drip-body", "a body that trickles, a byte every `seconds`", drip("body"), seconds=DRIP_SECONDS),
    FaultKind(
        "gzip-of-nothing",
        "a gzip stream that trickles and decodes to nothing, for `total` seconds where told",
        gzip_of_nothing,
        seconds=DRIP_SECONDS,
    ),
    FaultKind("500", "internal server error", _fail(500)),
    FaultKind("503", "service unavailable", _fail(503)),
    FaultKind("429", "too many requests, with `retry_after` seconds where told", _fail(429)),
    FaultKind("not-found", "404 / 12: session not found", _refuse(12)),
    FaultKind("account", "404 / 6: invalid account", _refuse(6)),
    FaultKind("visitor", "404 / 37: invalid visitor", _refuse(37)),
    FaultKind("session", "404 / 39: invalid session", _refuse(39)),
    FaultKind("bad-request", "400 / 33: bad request", _refuse(33)),
    FaultKind("unauthorized", "401 / 10 as JSON", _refuse(10)),
    FaultKind("forbidden", "403 without a body", _fail(403)),
    FaultKind("oauth-problem", "401 with a form-encoded oauth_problem", _oauth_problem),
    FaultKind("html", "200 with an HTML page", _html),
    FaultKind("empty", "200 with an empty body", _empty),
    FaultKind("truncated", "JSON that stops half way", _truncated),
    FaultKind("not-object", "a JSON array where an object belongs", _not_object),
    FaultKind("redirect", "302 to another host", _redirect),
    FaultKind("odd-field", "`value` of the wrong type at `path`", _odd_field, kinds=("visit", *READS)),
    FaultKind(
        "another-visit",
        "answers about another visitor of the account, or with `same_visitor` about another session of this one",
        answer_about_another_visit,
        kinds=("visit",),
    ),
    FaultKind(
        "another-chat",
        "answers about another chat of the account",
        answer_about_another_chat,
        CHAT_SERVICE,
        ("chat", "chats"),
    ),
    FaultKind("chats-400", "400 / 33 for a call for several chats", _refuse(33), CHAT_SERVICE, ("chats",)),
    FaultKind("chats-403", "403 for a call for several chats", _fail(403), CHAT_SERVICE, ("chats",)),
    FaultKind("chats-half", "a call for several chats breaks off half way", drop, CHAT_SERVICE, ("chats",)),
    FaultKind("ended", "404 / 12 as soon as the visit was seen once", _ended, kinds=("visit",)),
    FaultKind("bearer-expired", "every bearer is forgotten", _forget_bearers, "all", ("visit", *READS), count=1),
    FaultKind(
        "agent-session-expired",
        "every agent session is forgotten",
        _forget_agent_sessions,
        CHAT_SERVICE,
        READS,
        count=1,
    ),
    FaultKind("cookie-refused", "401 as for another agent session's cookie", _refuse_cookie, CHAT_SERVICE, READS),
    FaultKind("login-429", "too many logins", _fail(429), LOGIN, ("login",)),
    FaultKind("login-451", "login blocked", _refuse_login(451, "Blocked by LivePerson"), LOGIN, ("login",)),
    FaultKind("login-401", "credentials refused", _refuse_login(401, "Invalid credentials"), LOGIN, ("login",)),
    FaultKind("domain-500", "the Domain API fails", _fail(500), DOMAIN),
    FaultKind("foreign-host", "the Domain API names a host that is not LivePerson's", _foreign_host, DOMAIN),
)
KINDS: Final[Mapping[str, FaultKind]] = MappingProxyType({kind.name: kind for kind in _KINDS})
