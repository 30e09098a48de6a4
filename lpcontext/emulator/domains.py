"""The Domain API: where each service of an account lives. Here, all of them live where we do (contract section 1)."""

from __future__ import annotations

from typing import Final

from .messages import Answer, tell
from .refusals import refuse
from .stage import Ask

SERVICES: Final = (
    "smt",
    "agentVep",
    "msdkgw",
    "conversationVep",
    "accountConfigReadOnly",
    "engHistDomain",
    "leDataReporting",
    "liveEngageUI",
    "visitorFeed",
)


def tell_domain(ask: Ask) -> Answer:
    """`…/service/{service}/baseURI.json`; service names are case sensitive."""
    service = ask.names["service"]
    refusal = _find_refusal(ask)
    if refusal or service not in SERVICES:
        return refusal or refuse(33, choices=ask.choices, now_ms=ask.now_ms, message="Unknown service")
    return tell({"service": service, "account": ask.account_id, "baseURI": ask.request.host})


def tell_domains(ask: Ask) -> Answer:
    """`…/service/baseURI.json`: all of them."""
    return _find_refusal(ask) or tell({"baseURIs": list_domains(ask)})


def list_domains(ask: Ask) -> list[dict[str, str]]:
    """The map the login response repeats; the host is the one the client used, so it works behind any name."""
    return [{"account": ask.account_id, "baseURI": ask.request.host, "service": service} for service in SERVICES]


def _find_refusal(ask: Ask) -> Answer | None:
    if ask.request.parameter("version") != "1.0":
        return refuse(33, choices=ask.choices, now_ms=ask.now_ms)
    if ask.site is None:
        return refuse(10, choices=ask.choices, now_ms=ask.now_ms, message="Invalid site")
    return None
