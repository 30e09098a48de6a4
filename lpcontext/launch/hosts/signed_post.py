"""A POST that any server can sign: HMAC-SHA256 over `<seconds>.<body>`, with a secret we share.

From a server (JSON, two headers) it gets a ticket; as a browser's form (`payload`, `timestamp`, `signature`) it opens
the panel at once. What is signed is the JSON of `POST /api/v1/tickets`.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from functools import partial
from typing import NamedTuple

from django.http import HttpRequest
from msgspec.structs import replace

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.accounts.origins import read_origin
from lpcontext.launch.hosts.host import Host, Outcome, Route
from lpcontext.launch.hosts.proof import CheckFailed, Proof, accept
from lpcontext.launch.hosts.signed_request import (
    DECORATORS,
    SKEW_SECONDS,
    find_key_framing,
    sign,
    verify_signed,
)
from lpcontext.launch.ticket_request import InvalidRequest, read_ticket_request
from lpcontext.snapshots import shared_now_ms

_OLDEST_SECONDS = 300
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class _Signed(NamedTuple):
    """What was sent, as it was sent."""

    body: bytes
    timestamp: str
    signature: str


def _verify(request: HttpRequest, *, slug: str) -> Outcome:
    from_server = request.content_type not in _FORMS
    prove = partial(_prove, request, from_server=from_server)
    return verify_signed(LaunchHost.SIGNED_POST, slug, prove, as_json=from_server)


def _prove(request: HttpRequest, key: LaunchKey, *, from_server: bool) -> Outcome:
    """Raises CheckFailed, InvalidRequest."""
    if request.method != "POST":
        raise CheckFailed("no POST")
    signed = _find_signed(request, from_server=from_server)
    proof = _check_signature(signed, key)
    asked = read_ticket_request(signed.body)
    return accept(key, replace(asked, origin=_read_origin(asked.origin)), proof, as_ticket=from_server)


def _find_signed(request: HttpRequest, *, from_server: bool) -> _Signed:
    if from_server:
        headers = request.headers
        return _Signed(request.body, headers.get("X-LPContext-Timestamp", ""), headers.get("X-LPContext-Signature", ""))
    form = request.POST
    return _Signed(form.get("payload", "").encode(), form.get("timestamp", ""), form.get("signature", ""))


def _check_signature(signed: _Signed, key: LaunchKey) -> Proof:
    """Raises CheckFailed."""
    if not signed.timestamp.isascii() or not signed.timestamp.isdigit() or len(signed.timestamp) > 12:
        raise CheckFailed("timestamp")
    shown = _decode(signed.signature)
    if not hmac.compare_digest(sign(key, signed.timestamp.encode() + b"." + signed.body), shown):
        raise CheckFailed("signature")
    if not -SKEW_SECONDS <= shared_now_ms() / 1000 - int(signed.timestamp) <= _OLDEST_SECONDS:
        raise CheckFailed("age")
    return Proof(shown, issued_ms=int(signed.timestamp) * 1000, seconds=2 * _OLDEST_SECONDS)


def _read_origin(text: str | None) -> str | None:
    """As browsers spell it. Raises InvalidRequest."""
    try:
        return None if text is None else read_origin(text)
    except BadOrigin as wrong:
        raise InvalidRequest(f"origin {wrong.reason}", field="origin") from None


def _decode(signature: str) -> bytes:
    """As hex or as base64; nothing where it is neither."""
    try:
        return bytes.fromhex(signature) if len(signature) == 64 else base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return b""


SIGNED_POST = Host(
    name="signed_post",
    routes=(Route("launch/signed/<slug:slug>", "signed_post", _verify),),
    decorators=DECORATORS,
    reopens_by_slug=True,
    docs="embedding/README.md#a-signed-post-from-any-server",
    find_framing=find_key_framing,
)
