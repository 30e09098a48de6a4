"""Salesforce Canvas: a cross-site POST of a signed request, HMAC-SHA256 with the connected app's consumer secret.

It says no time, so nothing but a memory of seen signatures stops a replay. Its envelope holds OAuth tokens: they are
read by nobody here. Salesforce: "Verifying and Decoding a Signed Request".
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import logging
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.framing import framing_origins
from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.accounts.origins import read_origin
from lpcontext.launch.hosts.host import Denied, Host, Outcome, Route
from lpcontext.launch.hosts.proof import CheckFailed, Proof, accept
from lpcontext.launch.hosts.signed_request import (
    DECORATORS,
    find_ids,
    find_key_framing,
    sign,
    verify_signed,
)
from lpcontext.launch.model import CrmRecord
from lpcontext.launch.ticket_request import TicketRequest, find_locale, find_text, find_time_zone, read_ticket_ids

_MISCONFIGURED = (
    "Salesforce opened this address by GET. Set the connected app's access method to Signed Request (POST), and its "
    "canvas app URL to this address."
)
# An organisation's id has 15 letters, or the same 15 and three that make it safe where case is lost.
_ORGANISATION_LETTERS = 15
_RECORD_ID = re.compile(r"[A-Za-z0-9]{15,18}")
log = logging.getLogger(__name__)


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
    return accept(key, read_envelope(_open(signed, key), key), Proof(signed.encode()))


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
    organisation = _find(envelope, "context", "organization").get("organizationId")
    if not isinstance(organisation, str) or not _is_same_organisation(organisation, key.tenant):
        raise CheckFailed("organisation")
    return envelope


def _is_same_organisation(one: str, other: str) -> bool:
    return len(other) >= _ORGANISATION_LETTERS and one[:_ORGANISATION_LETTERS] == other[:_ORGANISATION_LETTERS]


def read_envelope(envelope: Mapping[str, Any], key: LaunchKey) -> TicketRequest:
    """What a proven envelope asks for. Raises InvalidRequest."""
    user, environment = _find(envelope, "context", "user"), _find(envelope, "context", "environment")
    parameters, record, client = (
        _find(environment, "parameters"),
        _find(environment, "record"),
        _find(envelope, "client"),
    )
    # A record's own AccountId is Salesforce's, not LivePerson's.
    ids = {"accountId": key.account_id, **find_ids(parameters, {**record, "AccountId": None})}
    return TicketRequest(
        subject=read_ticket_ids(ids),
        agent_id=find_text(user.get("userId")),
        agent_name=find_text(user.get("fullName") or user.get("userName")),
        role=find_text(parameters.get("role"), most=100) or "",
        origin=_find_parent(client.get("targetOrigin"), key),
        crm=_read_record(parameters, record, instance=client.get("instanceUrl")),
        locale=find_locale(user.get("language") or user.get("locale")),
        time_zone=find_time_zone(user.get("timeZone")),
    )


def _find_parent(text: object, key: LaunchKey) -> str | None:
    """The signed parent where the account allows it; else the account's origins decide, as of every panel."""
    origin = _read_web_origin(text)
    if origin in framing_origins(key.account):
        return origin
    log.warning("a panel opens for Salesforce Canvas, but its parent is none of the account's origins")
    return None


def _read_web_origin(text: object) -> str | None:
    try:
        return read_origin(text) if isinstance(text, str) else None
    except BadOrigin:
        return None


def _read_record(parameters: Mapping[str, Any], record: Mapping[str, Any], *, instance: object) -> CrmRecord | None:
    """What the component passes, else what the record's usual fields hold."""
    found = CrmRecord(
        phone=find_text(parameters.get("phone") or record.get("Phone") or record.get("MobilePhone"), most=60),
        email=find_text(parameters.get("email") or record.get("Email"), most=254),
        customer_id=find_text(parameters.get("customerId") or record.get("AccountNumber"), most=100),
        record_url=_build_record_url(_read_web_origin(instance), record.get("Id")),
    )
    return found if found != CrmRecord() else None


def _build_record_url(instance: str | None, record_id: object) -> str | None:
    if instance is None or not isinstance(record_id, str) or not _RECORD_ID.fullmatch(record_id):
        return None
    return f"{instance}/{record_id}"


def _find(document: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """An object inside; an empty one where there is none."""
    for name in names:
        inner = document.get(name)
        document = inner if isinstance(inner, dict) else {}
    return document


CANVAS = Host(
    name="canvas",
    routes=(Route("launch/canvas/<slug:slug>", "canvas", _verify),),
    decorators=DECORATORS,
    reopens_by_slug=True,
    docs="embedding.md#salesforce-canvas",
    find_framing=find_key_framing,
)
