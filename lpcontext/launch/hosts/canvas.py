"""Salesforce Canvas: a cross-site POST of a signed request, HMAC-SHA256 with the connected app's consumer secret.

It says no time, so nothing but a memory of seen signatures stops a replay. Its envelope holds OAuth tokens: they are
read by nobody here. Salesforce: "Verifying and Decoding a Signed Request".
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from lpcontext.accounts.framing import framing_origins
from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.launch.hosts.canvas_envelope import find_object, read_envelope
from lpcontext.launch.hosts.host import Denied, Host, Outcome, Route, Verified
from lpcontext.launch.hosts.proof import CheckFailed, Proof, accept
from lpcontext.launch.hosts.signed_request import (
    DECORATORS,
    find_key_framing,
    sign,
    verify_signed,
)

_MISCONFIGURED = (
    "Salesforce opened this address by GET. Set the connected app's access method to Signed Request (POST), and its "
    "canvas app URL to this address."
)
# An organisation's id has 15 letters, or the same 15 and three that make it safe where case is lost.
_ORGANISATION_LETTERS = 15
_SALESFORCE = (".salesforce.com", ".force.com", ".salesforce-sites.com", ".visualforce.com")


def _verify(request: HttpRequest, *, slug: str) -> Outcome:
    return verify_signed(LaunchHost.CANVAS, slug, lambda key: _prove(request, key))


def _prove(request: HttpRequest, key: LaunchKey) -> Outcome:
    """Raises CheckFailed, InvalidRequest."""
    if request.method == "GET":
        return Denied(
            "fields",
            400,
            sentence=_MISCONFIGURED,
            framed_by=framing_origins(key.account),
            failed_check="opened by GET",
            account_id=key.account_id,
        )
    signed = request.POST.get("signed_request", "")
    asked = read_envelope(_open(signed, key), key)
    outcome = accept(key, asked, Proof(signed.encode()))
    if isinstance(outcome, Verified) and asked.origin:
        return outcome._replace(framed_by=_find_ancestors(asked.origin, key))
    return outcome


def _open(signed: str, key: LaunchKey) -> Mapping[str, Any]:
    """The envelope, proven: the signature is over its base64, as it was sent. Raises CheckFailed."""
    signature, period, payload = signed.partition(".")
    if not period:
        raise CheckFailed("no signed request")
    expected = base64.b64encode(sign(key, payload.encode()))
    if not hmac.compare_digest(expected, signature.encode()):
        raise CheckFailed("signature")
    try:
        envelope = json.loads(base64.b64decode(payload, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise CheckFailed("payload") from None
    if not isinstance(envelope, dict) or envelope.get("algorithm") != "HMACSHA256":
        raise CheckFailed("algorithm")
    organisation = find_object(envelope, "context", "organization").get("organizationId")
    if not isinstance(organisation, str) or not _is_same_organisation(organisation, key.tenant):
        raise CheckFailed("organisation")
    return envelope


def _is_same_organisation(one: str, other: str) -> bool:
    return len(other) >= _ORGANISATION_LETTERS and one[:_ORGANISATION_LETTERS] == other[:_ORGANISATION_LETTERS]


def _find_ancestors(parent: str, key: LaunchKey) -> Sequence[str]:
    """The parent, and what it may stand in itself: a Visualforce page in Lightning has two of Salesforce's origins."""
    return [each for each in framing_origins(key.account) if each == parent or each.endswith(_SALESFORCE)]


CANVAS = Host(
    name="canvas",
    routes=(Route("launch/canvas/<slug:slug>", "canvas", _verify),),
    decorators=DECORATORS,
    reopens_by_slug=True,
    docs="embedding/salesforce.md#salesforce",
    find_framing=find_key_framing,
)
