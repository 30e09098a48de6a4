"""The Domain API: where each service of an account lives. Here, all of them live where we do (contract section 1)."""

from __future__ import annotations

from typing import Final

from .call import Call
from .error_responses import refuse
from .messages import Response, json_response

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


def get_domain(call: Call) -> Response:
    """`…/service/{service}/baseURI.json`; service names are case sensitive."""
    service = call.names["service"]
    refusal = _find_refusal(call)
    if refusal or service not in SERVICES:
        return refusal or refuse(33, choices=call.choices, now_ms=call.now_ms, message="Unknown service")
    return json_response({"service": service, "account": call.account_id, "baseURI": call.request.host})


def get_domains(call: Call) -> Response:
    """`…/service/baseURI.json`: all of them."""
    return _find_refusal(call) or json_response({"baseURIs": list_domains(call)})


def list_domains(call: Call) -> list[dict[str, str]]:
    """The map the login response repeats; the host is the one the client used, so it works behind any name."""
    return [{"account": call.account_id, "baseURI": call.request.host, "service": service} for service in SERVICES]


def _find_refusal(call: Call) -> Response | None:
    if call.request.parameter("version") != "1.0":
        return refuse(33, choices=call.choices, now_ms=call.now_ms)
    if call.site is None:
        return refuse(10, choices=call.choices, now_ms=call.now_ms, message="Invalid site")
    return None
