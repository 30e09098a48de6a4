"""The Engagement Attributes API: writing back into a visit (contract 5.5)."""

from __future__ import annotations

from .authorization import find_refusal
from .call import Call
from .error_responses import refuse
from .merging import UnusableAttribute
from .messages import Response, json_response
from .visits import find_path_problem


def write_attributes(call: Call) -> Response:
    """`POST …/visits/current/events` meaning PUT. An unknown account is 422 here, not 404."""
    if call.site is None:
        return refuse(6, choices=call.choices, now_ms=call.now_ms, status=422)
    refusal = find_refusal(call, bearer_allowed=call.choices.attributes_bearer)
    code = find_path_problem(call)
    attributes = call.document()
    is_put = call.request.headers.get("X-HTTP-Method-Override", call.request.method).upper() == "PUT"
    if refusal or code or not is_put or not _is_list_of_objects(attributes):
        return refusal or refuse(code or 33, choices=call.choices, now_ms=call.now_ms)
    visit = call.site.find_visit(call.names["visitor"], call.session_id, now_ms=call.now_ms)
    if visit is None:
        return refuse(12, choices=call.choices, now_ms=call.now_ms)
    visit.interrupt(call.now_ms)
    try:
        for attribute in attributes:
            visit.report(attribute, at_ms=call.now_ms)
    except UnusableAttribute as problem:
        return refuse(33, choices=call.choices, now_ms=call.now_ms, message=f"Invalid attribute: {problem}")
    return json_response({})


def _is_list_of_objects(document: object) -> bool:
    return isinstance(document, list) and all(isinstance(item, dict) for item in document)
