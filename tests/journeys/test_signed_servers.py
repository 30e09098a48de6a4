"""Servers that sign, by real HTTP: addresses and bodies arrive as they were signed, and the ticket opens the panel."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.support.operator_shell import run_in_shell
from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import VisitSubject
from tests.support.waiting import PATIENCE_SECONDS

_ADD_KEY = """
from lpcontext.accounts.launch_keys import set_launch_secret
from lpcontext.sealing import get_sealer
key = LaunchKey(account_id={account!r}, host={host!r}, name="CRM", slug={slug!r}, tenant="62515")
set_launch_secret(key, {secret!r}, sealer=get_sealer())
key.save()
"""


def add_key(stack: RunningStack, subject: VisitSubject, host: str) -> tuple[str, str]:
    """Its slug and secret."""
    slug, secret = f"key{secrets.token_hex(4)}", secrets.token_hex(16)
    run_in_shell(stack, _ADD_KEY.format(account=subject.account, host=host, slug=slug, secret=secret))
    return slug, secret


def compute(secret: str, signed: str) -> bytes:
    return hmac.digest(secret.encode(), signed.encode(), hashlib.sha256)


def assert_opens(stack: RunningStack, answer: requests.Response) -> None:
    assert answer.status_code == 201, answer.text
    stack.wait_for(stack.open(answer.json()["url"]), "live")


def test_hubspot_asks_for_a_card(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    slug, secret = add_key(stack, subject, "hubspot")
    identity = "portalId=62515&userId=7&userEmail=ann%2Btest%40crm.example&appId=1&at=10%3A30"
    address = f"{stack.url}/launch/hubspot/{slug}?{identity}"
    body = json.dumps({"visitorId": subject.visitor_id, "sessionId": subject.session_id})
    timestamp = str(int(time.time() * 1000))
    decoded = address.replace("%40", "@").replace("%3A", ":")
    signature = base64.b64encode(compute(secret, f"POST{decoded}{body}{timestamp}")).decode()
    headers = {"X-HubSpot-Request-Timestamp": timestamp, "X-HubSpot-Signature-v3": signature}

    assert_opens(stack, stack.post(address, data=body, headers=headers | {"Content-Type": "application/json"}))


def test_a_signed_body_may_come_in_pieces_and_begin_with_a_mark(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    slug, secret = add_key(stack, subject, "signed_post")
    said = {"accountId": subject.account, "visitorId": subject.visitor_id, "sessionId": subject.session_id}
    body, timestamp = f"\ufeff{json.dumps(said)}", str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-LPContext-Timestamp": timestamp,
        "X-LPContext-Signature": compute(secret, f"{timestamp}.{body}").hex(),
    }

    def send_in_pieces() -> Iterator[bytes]:
        yield body.encode()[:20]
        yield body.encode()[20:]

    assert_opens(stack, stack.post(f"{stack.url}/launch/signed/{slug}", data=send_in_pieces(), headers=headers))


def test_one_signature_in_many_hands_opens_once(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    slug, secret = add_key(stack, subject, "signed_post")
    said = {"accountId": subject.account, "visitorId": subject.visitor_id, "sessionId": subject.session_id}
    body, timestamp = json.dumps(said), str(int(time.time()))
    form = {"payload": body, "timestamp": timestamp, "signature": compute(secret, f"{timestamp}.{body}").hex()}

    def open_panel(_: int) -> int:
        with requests.Session() as http:
            http.trust_env = False
            return http.post(f"{stack.url}/launch/signed/{slug}", data=form, timeout=PATIENCE_SECONDS).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(open_panel, range(8)))

    assert statuses == [200] + [403] * 7
