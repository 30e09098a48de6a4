"""Canvas' signed requests, as Salesforce makes them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from django.test import Client

from lpcontext.accounts.models import LaunchKey
from tests.launch.hosts.conftest import CRM, SESSION, VISITOR

SECRET = "lpcontext-canvas-test-secret"
ORGANISATION = "00Dx0000000Example"
TOKEN = "00Dx-an-oauth-token"


def build_envelope(**changed: Any) -> dict[str, Any]:
    envelope: dict[str, Any] = {
        "algorithm": "HMACSHA256",
        "issuedAt": None,
        "userId": "005x0000001SyyEAAS",
        "client": {"instanceUrl": "https://x.my.salesforce.com", "oauthToken": TOKEN, "targetOrigin": CRM},
        "context": {
            "user": {
                "userId": "005x0000001SyyEAAS",
                "fullName": "Ann Agent",
                "language": "en_US",
                "timeZone": "America/New_York",
            },
            "environment": {"parameters": {"visitorId": VISITOR, "sessionId": SESSION}, "record": {}},
            "organization": {"organizationId": ORGANISATION},
        },
    }
    return envelope | changed


def sign(payload: str, secret: str = SECRET) -> str:
    digest = hmac.digest(secret.encode(), payload.encode(), hashlib.sha256)
    return f"{base64.b64encode(digest).decode()}.{payload}"


def pack(envelope: dict[str, Any]) -> str:
    return base64.b64encode(json.dumps(envelope).encode()).decode()


def post(client: Client, key: LaunchKey, signed: str) -> Any:
    return client.post(f"/launch/canvas/{key.slug}", {"signed_request": signed})
