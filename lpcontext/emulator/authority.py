"""Who may ask: a bearer from the Login Service, or a signed request (contract 3.3)."""

from __future__ import annotations

from .messages import Answer
from .refusals import refuse
from .signing import SignatureProblem, SignedRequest, read_authorization, verify_signature
from .stage import Ask

FORM_TYPE = "application/x-www-form-urlencoded"


def find_refusal(ask: Ask, *, bearer_allowed: bool = True) -> Answer | None:
    """None where the request may go on, else the 401 it gets."""
    scheme, _, credential = ask.request.headers.get("Authorization", "").partition(" ")
    try:
        match scheme.lower():
            case "bearer" if bearer_allowed:
                return None if _knows_bearer(ask, credential.strip()) else _refuse(ask)
            case "oauth":
                _check_signature(ask)
                return None
            case _:
                return _refuse(ask)
    except SignatureProblem as problem:
        if ask.choices.oauth_refusal == "form":
            return tell_oauth_problem(problem.word)
        return _refuse(ask)


def tell_oauth_problem(word: str) -> Answer:
    """The form-encoded refusal many OAuth 1.0 servers send."""
    challenge = ("WWW-Authenticate", 'OAuth realm="liveperson"')
    return Answer(status=401, body=f"oauth_problem={word}".encode(), content_type=FORM_TYPE, headers=(challenge,))


def _knows_bearer(ask: Ask, bearer: str) -> bool:
    return ask.site is not None and ask.site.logins.knows(bearer, now_ms=ask.now_ms)


def _check_signature(ask: Ask) -> None:
    if ask.site is None:
        raise SignatureProblem("consumer_key_unknown")
    request = ask.request
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
    verify_signature(signed, oauth=oauth, key=ask.site.signing_key)
    window = ask.choices.timestamp_seconds
    ask.site.nonces.take(oauth, now_seconds=ask.now_ms / 1000, window_seconds=window)


def _refuse(ask: Ask) -> Answer:
    return refuse(10, choices=ask.choices, now_ms=ask.now_ms)
