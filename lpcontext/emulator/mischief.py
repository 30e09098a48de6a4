"""Each fault, played: the registry of everything `faults.py` can put in force."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from .authority import tell_oauth_problem
from .chats.gate import refuse_cookie
from .chats.kinds import READS
from .faults import CHAT_SERVICE, DOMAIN, LOGIN, Fault, FaultBoard, FaultKind, Play, Proceed, UnknownFault
from .line_faults import drip, drop, gzip_of_nothing, reset, slow, timeout
from .messages import JSON_TYPE, Answer, encode_json, tell
from .mistaking import tell_another_chat, tell_another_visit
from .refusals import refuse, refuse_login
from .routes import ROUTES
from .stage import Ask

DRIP_SECONDS: Final = 0.5
CALLS: Final = tuple({route.kind: None for route in ROUTES})
ODD_PATHS: Final = ("appSessions[].geo.country", "info.language", "chat.info.language", "chats.chat[].info.language")
HTML: Final = b"<!doctype html><html><title>Sorry</title><h1>We will be right back</h1></html>"


def list_faults() -> tuple[FaultKind, ...]:
    """Every fault there is."""
    return tuple(KINDS.values())


def put_in_force(board: FaultBoard, name: str, **options: Any) -> Fault:
    """Switch a fault on. Raises UnknownFault."""
    if name not in KINDS:
        raise UnknownFault("name")
    kinds = options.get("kinds", ())
    if not isinstance(kinds, (list, tuple)) or any(kind not in CALLS for kind in kinds):
        raise UnknownFault("kind of call")
    return board.add(KINDS[name], **options)


def play_faults(struck: tuple[Fault, ...], ask: Ask, proceed: Proceed) -> Answer:
    """The answer as the faults leave it; the newest fault has the last word."""
    for fault in struck:
        proceed = _wrap(KINDS[fault.name].play, fault, proceed)
    return proceed(ask)


def _wrap(play: Play, fault: Fault, inner: Proceed) -> Proceed:
    return lambda ask: play(fault, ask, inner)


def _fail(status: int) -> Play:
    def play(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
        pause = (("Retry-After", f"{fault.retry_after:g}"),) if fault.retry_after is not None else ()
        return Answer(status=status, body=b"", content_type="text/plain", headers=pause)

    return play


def _refuse(code: int) -> Play:
    return lambda fault, ask, proceed: refuse(code, choices=ask.choices, now_ms=ask.now_ms)


def _refuse_login(status: int, message: str) -> Play:
    return lambda fault, ask, proceed: refuse_login(status, message=message, now_ms=ask.now_ms)


def _html(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    return Answer(body=HTML, content_type="text/html;charset=UTF-8")


def _empty(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    return Answer()


def _truncated(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    answer = proceed(ask)
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def _not_object(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    return tell([1, 2, 3])


def _redirect(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    return Answer(status=302, headers=(("Location", "https://elsewhere.example.com/"),))


def _oauth_problem(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    return tell_oauth_problem("signature_invalid")


def _forget_bearers(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    if ask.site is not None:
        ask.site.logins.forget_all()
    return proceed(ask)


def _forget_agent_sessions(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    if ask.site is not None:
        ask.site.chats.forget_sessions()
    return proceed(ask)


def _refuse_cookie(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    return refuse_cookie(ask)


def _foreign_host(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    answer = proceed(ask)
    host = json.dumps(ask.request.host).encode()
    return replace(answer, body=answer.body.replace(host, b'"evil.example.com"'))


def _odd_field(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    answer = proceed(ask)
    if answer.status != 200 or answer.content_type != JSON_TYPE:
        return answer
    document = json.loads(answer.body)
    for path in (fault.path,) if fault.path else ODD_PATHS:
        _put(document, path.split("."), {"odd": True} if fault.value is None else fault.value)
    return replace(answer, body=encode_json(document))


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


def _ended(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    """The first success goes through, so that the panel has something to freeze; then the visit is gone."""
    visit = ask.site.find_visit(ask.visitor_id or "", ask.session_id, now_ms=ask.now_ms) if ask.site else None
    if visit is not None and not visit.told_before:
        return proceed(ask)
    return refuse(12, choices=ask.choices, now_ms=ask.now_ms)


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
        tell_another_visit,
        kinds=("visit",),
    ),
    FaultKind(
        "another-chat", "answers about another chat of the account", tell_another_chat, CHAT_SERVICE, ("chat", "chats")
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
