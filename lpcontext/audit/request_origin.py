"""Where a request came from: its id, and the network address the proxy saw."""

from __future__ import annotations

import re
import secrets
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest

_KEY = "lpcontext.request_id"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestOrigin(NamedTuple):
    """Empty texts where nothing is known, as for what is done on the command line."""

    request_id: str = ""
    address: str = ""


def read_request_origin(request: HttpRequest) -> RequestOrigin:
    return RequestOrigin(request_id=find_request_id(request), address=find_address(request))


def find_request_id(request: HttpRequest) -> str:
    """The proxy's own, where there is one in front; else one made once for this request."""
    known: str = request.META.get(_KEY, "")
    if not known:
        sent = request.headers.get("X-Request-Id", "") if settings.BEHIND_PROXY else ""
        known = request.META[_KEY] = sent if _WELL_FORMED.fullmatch(sent) else secrets.token_hex(12)
    return known


def find_address(request: HttpRequest) -> str:
    """Behind a proxy the address it saw, which it puts last; what stands before that, the sender may have made up."""
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded[:64]
    return str(request.META.get("REMOTE_ADDR", ""))
