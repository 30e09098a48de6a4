"""HubSpot: its servers call us for an app card (`hubspot.fetch`), signed (v3), and get a ticket for the card's frame.

The frame itself is unsigned, so the ticket is all it carries. HubSpot: "Validating Requests", signature v3.
"""

from __future__ import annotations

import base64
import hmac
import json
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.launch.hosts.host import Host, Outcome, Route
from lpcontext.launch.hosts.proof import CheckFailed, Proof, accept
from lpcontext.launch.hosts.signed_request import (
    DECORATORS,
    SKEW_SECONDS,
    find_ids,
    find_key_framing,
    sign,
    verify_signed,
)
from lpcontext.launch.ticket_request import InvalidRequest, TicketRequest, find_text, read_ticket_ids
from lpcontext.snapshots import shared_now_ms

_OLDEST_MS = 300_000
_ONCE_EACH = ("portalId", "userId", "userEmail", "appId")
# HubSpot decodes these twelve before it signs, and no others.
_DECODED = {
    "%3A": ":", "%2F": "/", "%3F": "?", "%40": "@", "%21": "!", "%24": "$", "%27": "'", "%28": "(", "%29": ")",
    "%2A": "*", "%2C": ",", "%3B": ";",
}  # fmt: skip
_ESCAPE = re.compile("|".join(_DECODED), re.IGNORECASE)


def _verify(request: HttpRequest, *, slug: str) -> Outcome:
    return verify_signed(LaunchHost.HUBSPOT, slug, lambda key: _prove(request, key), as_json=True)


def _prove(request: HttpRequest, key: LaunchKey) -> Outcome:
    """Raises CheckFailed, InvalidRequest."""
    proof = _check_signature(request, key)
    return accept(key, _read_request(request, key), proof, as_ticket=True)


def decode_uri(uri: str) -> str:
    """The address as HubSpot signs it; once, so that `%253A` stays `%3A`."""
    return _ESCAPE.sub(lambda found: _DECODED[found[0].upper()], uri)


def join_signed(method: str, uri: str, body: bytes, timestamp: str) -> bytes:
    """What a signature of version 3 is over."""
    return f"{method}{uri}".encode() + body + timestamp.encode()


def _check_signature(request: HttpRequest, key: LaunchKey) -> Proof:
    """Raises CheckFailed."""
    timestamp = request.headers.get("X-HubSpot-Request-Timestamp", "")
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 15:
        raise CheckFailed("timestamp")
    shown = request.headers.get("X-HubSpot-Signature-v3", "").encode("utf-8", "replace")
    uri = _build_uri(request)
    # HubSpot's own Python client does not decode: either is taken, and both are looked at whatever the first said.
    signed = [join_signed(request.method or "", each, request.body, timestamp) for each in (decode_uri(uri), uri)]
    matches = [hmac.compare_digest(base64.b64encode(sign(key, each)), shown) for each in signed]
    if not any(matches):
        raise CheckFailed("signature")
    if not -SKEW_SECONDS * 1000 <= shared_now_ms() - int(timestamp) <= _OLDEST_MS:
        raise CheckFailed("age")
    return Proof(shown, issued_ms=int(timestamp), seconds=2 * _OLDEST_MS / 1000)


def _build_uri(request: HttpRequest) -> str:
    """By the address we are known by, not by what a request's headers say of themselves."""
    query = request.META.get("QUERY_STRING", "")
    return f"{settings.PUBLIC_URL}{request.path}{'?' if query else ''}{query}"


def _read_request(request: HttpRequest, key: LaunchKey) -> TicketRequest:
    """Raises InvalidRequest, CheckFailed."""
    if any(len(request.GET.getlist(name)) > 1 for name in _ONCE_EACH):
        raise CheckFailed("an identity is given twice")
    if not key.tenant or request.GET.get("portalId") != key.tenant:
        raise CheckFailed("portal")
    ids = {"accountId": key.account_id, **find_ids(_read_body(request), request.GET.dict())}
    return TicketRequest(
        subject=read_ticket_ids(ids),
        agent_id=find_text(request.GET.get("userId")),
        agent_name=find_text(request.GET.get("userEmail")),
    )


def _read_body(request: HttpRequest) -> Mapping[str, Any]:
    if not request.body:
        return {}
    try:
        document = json.loads(request.body)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise InvalidRequest("The body must be a JSON object.")
    return document


HUBSPOT = Host(
    name="hubspot",
    routes=(Route("launch/hubspot/<slug:slug>", "hubspot", _verify),),
    decorators=DECORATORS,
    reopens_by_slug=True,
    docs="embedding/hubspot.md#hubspot",
    find_framing=find_key_framing,
)
