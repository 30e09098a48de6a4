"""Validate Engagement: was this offered in this visit (contract 6.4)?"""

from __future__ import annotations

from typing import Any

from .authorization import find_refusal
from .call import Call
from .error_responses import refuse
from .messages import Response, json_response
from .visits import find_path_problem


def validate_engagement(call: Call) -> Response:
    """200 where it was; nobody documents a body. An unknown account is 422 here, not 404."""
    if call.site is None:
        return refuse(6, choices=call.choices, now_ms=call.now_ms, status=422)
    refusal = find_refusal(call, bearer_allowed=call.choices.validate_bearer)
    code = find_path_problem(call)
    if refusal or code:
        return refusal or refuse(code or 12, choices=call.choices, now_ms=call.now_ms)
    visit = call.site.find_visit(call.names["visitor"], call.session_id, now_ms=call.now_ms)
    wanted = tuple(call.names[name] for name in ("campaign", "engagement", "context"))
    if visit is None or wanted not in {_identify(each) for each in visit.engagements}:
        return refuse(12, choices=call.choices, now_ms=call.now_ms, message="Engagement not found")
    return json_response({})


def _identify(offered: dict[str, Any]) -> tuple[str, str, str]:
    engagement = offered["engagement"]
    return str(engagement["campaignEntity"]["id"]), str(engagement["engagementEntity"]["id"]), str(offered["id"])
