"""Every fault there is: the registry of what `faults.py` can put in force, and how it is applied."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from .call import Call
from .chat_agent.call_kinds import READS
from .connection_faults import drip, drop, gzip_of_nothing, reset, slow, timeout
from .fault_effects import (
    empty,
    end_after_first,
    fail,
    foreign_host,
    forget_agent_sessions,
    forget_bearers,
    html_page,
    load_account,
    not_object,
    oauth_problem,
    odd_field,
    redirect,
    refuse_cookie_of,
    refuse_login_with,
    refuse_with,
    truncate,
)
from .faults import (
    APP_SERVICE,
    CHAT_SERVICE,
    DOMAIN,
    LOGIN,
    ActiveFaults,
    Effect,
    Fault,
    FaultKind,
    Proceed,
    UnknownFault,
)
from .messages import Response
from .routes import ROUTES
from .wrong_subject_faults import answer_about_another_chat, answer_about_another_visit

DRIP_SECONDS: Final = 0.5
CALLS: Final = tuple({route.kind: None for route in ROUTES})


def list_faults() -> tuple[FaultKind, ...]:
    """Every fault there is."""
    return tuple(KINDS.values())


def activate_fault(active: ActiveFaults, name: str, **options: Any) -> Fault:
    """Switch a fault on. Raises UnknownFault."""
    if name not in KINDS:
        raise UnknownFault("name")
    kinds = options.get("kinds", ())
    if not isinstance(kinds, (list, tuple)) or any(kind not in CALLS for kind in kinds):
        raise UnknownFault("kind of call")
    return active.add(KINDS[name], **options)


def apply_faults(applied: tuple[Fault, ...], call: Call, proceed: Proceed) -> Response:
    """The answer as the faults leave it; the newest fault has the last word."""
    for fault in applied:
        proceed = _wrap(KINDS[fault.name].effect, fault, proceed)
    return proceed(call)


def _wrap(effect: Effect, fault: Fault, inner: Proceed) -> Proceed:
    return lambda call: effect(fault, call, inner)


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
    FaultKind("500", "internal server error", fail(500)),
    FaultKind("503", "service unavailable", fail(503)),
    FaultKind("429", "too many requests, with `retry_after` seconds where told", fail(429)),
    FaultKind("not-found", "404 / 12: session not found", refuse_with(12)),
    FaultKind("account", "404 / 6: invalid account", refuse_with(6)),
    FaultKind("visitor", "404 / 37: invalid visitor", refuse_with(37)),
    FaultKind("session", "404 / 39: invalid session", refuse_with(39)),
    FaultKind("bad-request", "400 / 33: bad request", refuse_with(33)),
    FaultKind("unauthorized", "401 / 10 as JSON", refuse_with(10)),
    FaultKind("forbidden", "403 without a body", fail(403)),
    FaultKind("oauth-problem", "401 with a form-encoded oauth_problem", oauth_problem),
    FaultKind("html", "200 with an HTML page", html_page),
    FaultKind("empty", "200 with an empty body", empty),
    FaultKind("truncated", "JSON that stops half way", truncate),
    FaultKind("not-object", "a JSON array where an object belongs", not_object),
    FaultKind("redirect", "302 to another host", redirect),
    FaultKind("odd-field", "`value` of the wrong type at `path`", odd_field, kinds=("visit", *READS)),
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
    FaultKind("chats-400", "400 / 33 for a call for several chats", refuse_with(33), CHAT_SERVICE, ("chats",)),
    FaultKind("chats-403", "403 for a call for several chats", fail(403), CHAT_SERVICE, ("chats",)),
    FaultKind("chats-half", "a call for several chats breaks off half way", drop, CHAT_SERVICE, ("chats",)),
    FaultKind("ended", "404 / 12 as soon as the visit was seen once", end_after_first, kinds=("visit",)),
    FaultKind("bearer-expired", "every bearer is forgotten", forget_bearers, "all", ("visit", *READS), count=1),
    FaultKind(
        "agent-session-expired",
        "every agent session is forgotten",
        forget_agent_sessions,
        CHAT_SERVICE,
        READS,
        count=1,
    ),
    FaultKind("cookie-refused", "401 as for another agent session's cookie", refuse_cookie_of, CHAT_SERVICE, READS),
    FaultKind("login-429", "too many logins", fail(429), LOGIN, ("login",)),
    FaultKind("login-451", "login blocked", refuse_login_with(451, "Blocked by LivePerson"), LOGIN, ("login",)),
    FaultKind("login-401", "credentials refused", refuse_login_with(401, "Invalid credentials"), LOGIN, ("login",)),
    FaultKind("loading", "500 / 20: loading account, with the visitor id", load_account, APP_SERVICE, ("session",)),
    FaultKind("domain-500", "the Domain API fails", fail(500), DOMAIN),
    FaultKind("foreign-host", "the Domain API names a host that is not LivePerson's", foreign_host, DOMAIN),
)
KINDS: Final[Mapping[str, FaultKind]] = MappingProxyType({kind.name: kind for kind in _KINDS})
