"""Visit Information: `visits/current/state` with its codes (contract section 4)."""

from __future__ import annotations

from .authorization import find_refusal
from .call import Call
from .error_responses import refuse
from .ids import is_session_id, is_visitor_id
from .messages import Response
from .visit_document import encode_visit


def get_visit_state(call: Call) -> Response:
    """The state of one visit. Malformed ids are 37 and 39, well-formed unknown or expired ones 12."""
    code = find_path_problem(call)
    refusal = refuse(6, choices=call.choices, now_ms=call.now_ms) if call.site is None else find_refusal(call)
    if refusal or call.site is None or code:
        return refusal or refuse(code or 6, choices=call.choices, now_ms=call.now_ms)
    visit = call.site.find_visit(call.names["visitor"], call.session_id, now_ms=call.now_ms)
    if visit is None:
        return refuse(12, choices=call.choices, now_ms=call.now_ms)
    visit.was_read = True
    return Response(body=encode_visit(visit, now_ms=call.now_ms, absent=call.choices.absent_sections))


def find_path_problem(call: Call) -> int | None:
    """The internal code of what is wrong with `v`, `sid` or the visitor id; None where nothing is."""
    if call.request.parameter("v") != "1" or not call.session_id:
        return 33
    if not is_visitor_id(call.names["visitor"]):
        return 37
    return None if is_session_id(call.session_id) else 39
