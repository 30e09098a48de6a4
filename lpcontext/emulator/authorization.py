"""Who may ask: a bearer from the Login Service, or a signed request (contract 3.3)."""

from __future__ import annotations

from .call import Call
from .error_responses import refuse
from .messages import Response
from .signing import SignatureProblem, SignedRequest, read_authorization, verify_signature

FORM_TYPE = "application/x-www-form-urlencoded"


def find_refusal(call: Call, *, bearer_allowed: bool = True) -> Response | None:
    """None where the request may go on, else the 401 it gets."""
    scheme, _, credential = call.request.headers.get("Authorization", "").partition(" ")
    try:
        match scheme.lower():
            case "bearer" if bearer_allowed:
                return None if _knows_bearer(call, credential.strip()) else _refuse(call)
            case "oauth":
                _check_signature(call)
                return None
            case _:
                return _refuse(call)
    except SignatureProblem as problem:
        if call.choices.oauth_refusal == "form":
            return refuse_with_oauth_problem(problem.word)
        return _refuse(call)


def refuse_with_oauth_problem(word: str) -> Response:
    """The form-encoded refusal many OAuth 1.0 servers send."""
    challenge = ("WWW-Authenticate", 'OAuth realm="liveperson"')
    return Response(status=401, body=f"oauth_problem={word}".encode(), content_type=FORM_TYPE, headers=(challenge,))


def _knows_bearer(call: Call, bearer: str) -> bool:
    return call.site is not None and call.site.logins.knows(bearer, now_ms=call.now_ms)


def _check_signature(call: Call) -> None:
    if call.site is None:
        raise SignatureProblem("consumer_key_unknown")
    request = call.request
    is_form = request.headers.get_content_type() == FORM_TYPE
    oauth = read_authorization(request.headers.get("Authorization", ""))
    signed = SignedRequest(
        method=request.method,
        scheme=request.scheme,
        host=request.host,
        raw_path=request.raw_path,
        raw_query=request.raw_query,
        form=request.body.decode("utf-8", "replace") if is_form else "",
    )
    verify_signature(signed, oauth=oauth, key=call.site.signing_key)
    window = call.choices.timestamp_seconds
    # By the time of arrival, not the stories': a client signs by its own clock, which nobody moved.
    call.site.nonces.take(oauth, now_seconds=request.arrived_ms / 1000, window_seconds=window)


def _refuse(call: Call) -> Response:
    return refuse(10, choices=call.choices, now_ms=call.now_ms)
