"""What a response says about itself beside its status: JSON or not, internal code, OAuth problem, how long to wait."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

import msgspec

from lpcontext.liveperson.http.messages import Response
from lpcontext.liveperson.reasons import Reason

# `None` would be a document: JSON's null.
NO_JSON: Final = object()

# The words of OAuth's problem reporting extension. LivePerson documents none of its own; others use these.
_OAUTH_PROBLEMS = {
    "signature_invalid": Reason.SIGNATURE_INVALID,
    "consumer_key_unknown": Reason.KEY_UNKNOWN,
    "consumer_key_rejected": Reason.KEY_UNKNOWN,
    "consumer_key_refused": Reason.KEY_UNKNOWN,
    "token_rejected": Reason.TOKEN_REFUSED,
    "token_expired": Reason.TOKEN_REFUSED,
    "token_revoked": Reason.TOKEN_REFUSED,
    "token_used": Reason.TOKEN_REFUSED,
    "timestamp_refused": Reason.CLOCK_REFUSED,
    "nonce_used": Reason.NONCE_REFUSED,
    "permission_denied": Reason.NO_PERMISSION,
    "permission_unknown": Reason.NO_PERMISSION,
}
_OAUTH_PROBLEM = re.compile(r"""\boauth_problem["']?\s*[=:]\s*["']?([a-z_]{1,40})""")
_LOOKED_THROUGH = 4096


def decode_json(body: bytes) -> object:
    """The decoded body, or NO_JSON, which `NaN` and nesting beyond reason are too."""
    try:
        return _decode_strictly(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _decode_widely(body)


def _decode_strictly(body: bytes) -> object:
    """Twice as fast, and where it succeeds the same."""
    return msgspec.json.decode(body)


def _decode_widely(body: bytes) -> object:
    """With what the other takes for an error: a byte order mark, half a surrogate pair, numbers beyond measure."""
    try:
        decoded: object = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return NO_JSON
    return decoded


def read_internal_code(document: object) -> int | None:
    """`internalCode` of either documented envelope (contract 0.6); one API prints it as a string (0.5)."""
    if not isinstance(document, Mapping):
        return None
    inner = document.get("error")
    code = inner.get("internalCode") if isinstance(inner, Mapping) else document.get("internalCode")
    if isinstance(code, str) and code.isascii() and code.isdigit() and len(code) < 7:
        return int(code)
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def read_oauth_problem(response: Response) -> Reason | None:
    """What an `oauth_problem`, in a form-encoded body or in WWW-Authenticate, amounts to; None when there is none."""
    text = f"{response.www_authenticate}\n{response.body[:_LOOKED_THROUGH].decode('utf-8', 'replace')}"
    found = _OAUTH_PROBLEM.search(text)
    return _OAUTH_PROBLEMS.get(found[1], Reason.NOT_AUTHORIZED) if found else None


def read_retry_after(response: Response) -> float | None:
    """Seconds to wait, from either form the header has; None when it says nothing sensible."""
    header = response.retry_after
    if not header:
        return None
    if header.isascii() and header.isdigit():
        return float(header[:9])
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - response.at)
    except (ValueError, OverflowError):
        return None


def _refuse_constant(_: str) -> object:
    raise ValueError
