"""The Engagement Attributes API: writing back into a visit (contract 5.5)."""

from __future__ import annotations

from .authority import find_refusal
from .merging import UnusableAttribute
from .messages import Answer, tell
from .refusals import refuse
from .stage import Ask
from .visits import find_path_problem


def write_attributes(ask: Ask) -> Answer:
    """`POST …/visits/current/events` meaning PUT. An unknown account is 422 here, not 404."""
    if ask.site is None:
        return refuse(6, choices=ask.choices, now_ms=ask.now_ms, status=422)
    refusal = find_refusal(ask, bearer_allowed=ask.choices.attributes_bearer)
    code = find_path_problem(ask)
    attributes = ask.document()
    is_put = ask.request.headers.get("X-HTTP-Method-Override", ask.request.method).upper() == "PUT"
    if refusal or code or not is_put or not _is_list_of_objects(attributes):
        return refusal or refuse(code or 33, choices=ask.choices, now_ms=ask.now_ms)
    visit = ask.site.find_visit(ask.names["visitor"], ask.session_id, now_ms=ask.now_ms)
    if visit is None:
        return refuse(12, choices=ask.choices, now_ms=ask.now_ms)
    visit.interrupt(ask.now_ms)
    try:
        for attribute in attributes:
            visit.report(attribute, at_ms=ask.now_ms)
    except UnusableAttribute as problem:
        return refuse(33, choices=ask.choices, now_ms=ask.now_ms, message=f"Invalid attribute: {problem}")
    return tell({})


def _is_list_of_objects(document: object) -> bool:
    return isinstance(document, list) and all(isinstance(item, dict) for item in document)
