"""What three CRMs have the agent's browser post: the fields of a form, signed on the CRM's server.

Each is written after the CRM's own documentation, and shares nothing with what reads it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import jwt

from .panel_access import CrmKey, Desk

ZENDESK_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFacts:
    """The call a panel is opened for. `now_s`: epoch seconds; `subject`: ids by the names of a ticket's request."""

    account_id: str
    subject: Mapping[str, str]
    origin: str
    now_s: int


def sign_post(desk: Desk, key: CrmKey, call: CallFacts) -> dict[str, str]:
    """The JSON of a ticket's request, with the time in front, by HMAC-SHA256."""
    agent = {"id": desk.agent_id, "name": desk.agent_name, "role": desk.agent_role}
    wanted = {"accountId": call.account_id, **call.subject, "origin": call.origin, "agent": agent}
    payload = json.dumps(wanted | {"nonce": secrets.token_hex(8)})
    signature = hmac.digest(key.secret.encode(), f"{call.now_s}.{payload}".encode(), hashlib.sha256)
    return {"payload": payload, "timestamp": str(call.now_s), "signature": signature.hex()}


def sign_canvas(desk: Desk, key: CrmKey, call: CallFacts) -> dict[str, str]:
    """Salesforce: HMAC-SHA256 over the base64 of an envelope, which says no time."""
    user = {"userId": "005x0000001SyyEAAS", "fullName": desk.agent_name, "language": "en_US"}
    parameters = {**call.subject, "role": desk.agent_role}
    envelope = {
        "algorithm": "HMACSHA256",
        "issuedAt": None,
        "client": {"targetOrigin": call.origin, "oauthToken": secrets.token_hex(16)},
        "context": {
            "user": user | {"timeZone": "Europe/London"},
            "environment": {"parameters": parameters},
            "organization": {"organizationId": key.tenant},
        },
    }
    payload = base64.b64encode(json.dumps(envelope).encode())
    signature = base64.b64encode(hmac.digest(key.secret.encode(), payload, hashlib.sha256))
    return {"signed_request": f"{signature.decode()}.{payload.decode()}"}


def sign_zendesk(desk: Desk, key: CrmKey, call: CallFacts) -> dict[str, str]:
    """Zendesk: a JWT, RS256, that vouches for the agent; the ids are beside it, added by the app's own page."""
    claims = {
        "iss": urlsplit(key.tenant).hostname,
        "aud": key.tenant,
        "sub": desk.agent_id,
        "iat": call.now_s,
        "nbf": call.now_s,
        "exp": call.now_s + ZENDESK_SECONDS,
        "jti": secrets.token_hex(8),
        "context": {"product": "support", "location": "ticket_sidebar"},
    }
    return {"token": jwt.encode(claims, key.secret, algorithm="RS256"), **call.subject}
