"""What a failed connection means, in words: what LivePerson said, and whose move it is (contract 0.6, 2.1, 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from lpcontext.accounts.models import Trouble
from lpcontext.liveperson import LivePersonError, Reason


class Move(StrEnum):
    """Whose move it is."""

    OPERATOR = "yours, who run lpcontext"
    NETWORK = "your network's"
    BRAND = "the brand's LivePerson administrator's"
    LIVEPERSON = "LivePerson's"
    NOBODY = "nobody's yet: try again in a minute"


@dataclass(frozen=True, slots=True)
class Explanation:
    """`advice` is what to do; it names no id and repeats nothing of an answer."""

    sentence: str
    move: Move
    advice: str


_KEY_PAGE = "Campaign Builder > Data Sources > API"

# LivePerson's own codes come first: a reason alone may stand for several of them.
_BY_CODE: Mapping[int, Explanation] = MappingProxyType(
    {
        5: Explanation(
            "LivePerson could not read the request (code 5).",
            Move.OPERATOR,
            "A proxy on the way may change bodies or headers; try without it. Otherwise report it as our fault.",
        ),
        6: Explanation(
            "LivePerson says that it does not know the account (code 6). It says so, too, where the host is the wrong "
            "one, or the ids are of another kind.",
            Move.OPERATOR,
            "Compare the account id with the one in LivePerson's own address bar. If it is right, ask LivePerson's "
            "support whether the Visit Information API is switched on for the account.",
        ),
        10: Explanation(
            "LivePerson knows the credentials, but they may not read visits (code 10, unauthorized account access).",
            Move.BRAND,
            f"In {_KEY_PAGE}, give the key the category Engagement, with the Visit Information API. Of a user: give "
            "the profile that permission.",
        ),
        18: Explanation(
            "LivePerson had an internal error (code 18).",
            Move.NOBODY,
            "If it stays, contact LivePerson's support with the time of this test.",
        ),
        20: Explanation(
            "LivePerson has not loaded this account yet (code 20), as happens to accounts with little traffic.",
            Move.NOBODY,
            "Open a monitored page of the brand's site, then test again.",
        ),
        28: Explanation(
            "The host does not know this path (code 28, null for uri): nearly always the wrong service's host.",
            Move.OPERATOR,
            "Check LPCONTEXT_DOMAIN_API_URL, and that no proxy sends one host's requests to another.",
        ),
        33: Explanation(
            "LivePerson found fault with the request (code 33, such as an illegal version).",
            Move.OPERATOR,
            "A proxy on the way may drop the query; try without it. Otherwise report it as our fault.",
        ),
        38: Explanation(
            "LivePerson is loading this account (code 38).",
            Move.NOBODY,
            "Open a monitored page of the brand's site, then test again.",
        ),
    }
)

_KEY = f"Compare all four values of the API key with {_KEY_PAGE}, and give them anew: lpcontext add-account."
_SUPPORT = "If it stays, contact LivePerson's support with the time of this test."
_ADVICE: Mapping[Reason, tuple[Move, str]] = MappingProxyType(
    {
        Reason.TIMED_OUT: (Move.NETWORK, "Let this machine reach *.liveperson.net on port 443."),
        Reason.CONNECTION_FAILED: (Move.NETWORK, "Let this machine reach *.liveperson.net on port 443."),
        Reason.CONNECTION_DROPPED: (Move.NETWORK, "Ask whether a firewall or proxy ends connections."),
        Reason.ANSWER_CUT: (Move.NETWORK, "Ask whether a firewall or proxy ends connections."),
        Reason.TLS_FAILED: (Move.NETWORK, "Where a proxy opens TLS, name its CA in LPCONTEXT_LIVEPERSON_CA_FILE."),
        Reason.PROXY_FAILED: (Move.OPERATOR, "Check LPCONTEXT_LIVEPERSON_PROXY and what that proxy lets through."),
        Reason.SERVER_FAILED: (Move.NOBODY, _SUPPORT),
        Reason.STILL_LOADING: (Move.NOBODY, "Open a monitored page of the brand's site, then test again."),
        Reason.RATE_LIMITED: (Move.NOBODY, "Wait; if it stays, look who else uses this key."),
        Reason.SIGNATURE_INVALID: (Move.OPERATOR, _KEY),
        Reason.KEY_UNKNOWN: (Move.BRAND, f"{_KEY} The key must be enabled there."),
        Reason.TOKEN_REFUSED: (Move.BRAND, f"{_KEY} The access token must be of the same key, and not revoked."),
        Reason.CLOCK_REFUSED: (Move.OPERATOR, "Set this machine's clock; signatures hold the time."),
        Reason.NONCE_REFUSED: (Move.NETWORK, "A proxy may send requests twice; try without it."),
        Reason.NOT_AUTHORIZED: (Move.BRAND, f"Check in {_KEY_PAGE} that the key or application is enabled."),
        Reason.NO_PERMISSION: (Move.BRAND, "Give the key or user the permission for the Visit Information API."),
        Reason.LOGIN_REFUSED: (
            Move.BRAND,
            "Check the user name, that the user is enabled, and its password or the application's client id and "
            "secret; then give them anew: lpcontext add-account.",
        ),
        Reason.LOGIN_BLOCKED: (Move.LIVEPERSON, "Contact LivePerson's support: the account or user is blocked."),
        Reason.BEARER_REFUSED: (Move.BRAND, "The log-in works, but may not read visits: check the user's profile."),
        Reason.HOST_NOT_ALLOWED: (
            Move.OPERATOR,
            "If the host is LivePerson's, add its suffix to LPCONTEXT_LIVEPERSON_HOSTS.",
        ),
        Reason.HTML_ANSWER: (Move.NETWORK, "A proxy or portal answers in LivePerson's place; let us through it."),
    }
)
_OTHERWISE = (Move.LIVEPERSON, _SUPPORT)

_TROUBLES: Mapping[Trouble | None, Explanation] = MappingProxyType(
    {
        None: Explanation("This account is paused.", Move.OPERATOR, "Switch it on in the admin."),
        Trouble.CREDENTIALS_MISSING: Explanation(
            "This account has no credentials.", Move.OPERATOR, "Give it some: lpcontext add-account, or the admin."
        ),
        Trouble.CREDENTIALS_UNREADABLE: Explanation(
            "The credentials are of no known kind, or lack a field.",
            Move.OPERATOR,
            "Give them anew, as README.md shows: lpcontext add-account, or the admin.",
        ),
        Trouble.SEAL_BROKEN: Explanation(
            "The credentials were sealed with a key that LPCONTEXT_SEAL_KEYS no longer has.",
            Move.OPERATOR,
            "Put the old key behind the new one and run manage.py rotate_keys, or give the credentials anew.",
        ),
    }
)


def explain_error(error: LivePersonError, *, signs: bool) -> Explanation:
    """`signs`: the credentials are an API key's, which signs each request."""
    if error.operation == "domain look-up" and error.reason is Reason.WRONG_ACCOUNT:
        return Explanation(
            "The Domain API knows no such account.",
            Move.OPERATOR,
            "Compare the account id with the one in LivePerson's own address bar.",
        )
    by_code = _BY_CODE.get(error.code) if error.code is not None else None
    if by_code is not None and error.reason is not Reason.LOGIN_REFUSED:
        return by_code
    move, advice = _ADVICE.get(error.reason, _OTHERWISE)
    if signs and error.status in (401, 403):
        advice += " OAuth 1.0 keys have been past their end of life since May 2026: better move to client credentials."
    return Explanation(error.reason.sentence, move, advice)


def explain_trouble(trouble: Trouble | None) -> Explanation:
    """Why an account cannot be asked for at all."""
    return _TROUBLES[trouble]
