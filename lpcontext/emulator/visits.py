"""Visit Information: `visits/current/state` with its codes (contract section 4)."""

from __future__ import annotations

from .authority import find_refusal
from .ids import is_session_id, is_visitor_id
from .messages import Answer
from .refusals import refuse
from .shape import encode_state
from .stage import Ask


def tell_state(ask: Ask) -> Answer:
    """The state of one visit. Malformed ids are 37 and 39, well-formed unknown or expired ones 12."""
    code = find_path_problem(ask)
    refusal = refuse(6, choices=ask.choices, now_ms=ask.now_ms) if ask.site is None else find_refusal(ask)
    if refusal or ask.site is None or code:
        return refusal or refuse(code or 6, choices=ask.choices, now_ms=ask.now_ms)
    visit = ask.site.find_visit(ask.names["visitor"], ask.session_id, now_ms=ask.now_ms)
    if visit is None:
        return refuse(12, choices=ask.choices, now_ms=ask.now_ms)
    visit.told_before = True
    return Answer(body=encode_state(visit, now_ms=ask.now_ms, absent=ask.choices.absent_sections))


def find_path_problem(ask: Ask) -> int | None:
    """The internal code of what is wrong with `v`, `sid` or the visitor id; None where nothing is."""
    if ask.request.parameter("v") != "1" or not ask.session_id:
        return 33
    if not is_visitor_id(ask.names["visitor"]):
        return 37
    return None if is_session_id(ask.session_id) else 39
