"""A CRM posts what it signed into its own frame: the panel opens there, without a cookie, and ends with its key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.operator_shell import run_in_shell
from tests.support.running_stack import RunningStack
from tests.support.scripted_server import ScriptedServer, reply
from tests.support.stack_subjects import VisitSubject

ORGANISATION = "00Dx0000000Example"
_CONNECT_CRM = """
from lpcontext.accounts.launch_keys import set_launch_secret
from lpcontext.sealing import get_sealer
account = find_account({account!r})
account.origins = [{crm!r}]
account.save()
key = LaunchKey(account=account, host="canvas", name="Org", slug={slug!r}, tenant={tenant!r})
set_launch_secret(key, {secret!r}, sealer=get_sealer())
key.save()
"""
_REVOKE_KEY = """
from lpcontext.accounts.launch_keys import revoke_launch_key
revoke_launch_key(LaunchKey.objects.get(slug={slug!r}), now=timezone.now())
"""
_PAGE = """<!doctype html><iframe name="canvas"></iframe>
<form method="post" action="{url}" target="canvas">
<input type="hidden" name="signed_request" value="{signed}"></form>"""


@pytest.fixture
def crm() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


def sign(subject: VisitSubject, *, parent: str, secret: str) -> str:
    envelope = {
        "algorithm": "HMACSHA256",
        "client": {"targetOrigin": parent, "oauthToken": "not for us"},
        "context": {
            "user": {"userId": "005x0000001SyyEAAS", "fullName": "Ann Agent"},
            "environment": {"parameters": {"visitorId": subject.visitor_id, "sessionId": subject.session_id}},
            "organization": {"organizationId": ORGANISATION},
        },
    }
    payload = base64.b64encode(json.dumps(envelope).encode())
    signature = hmac.digest(secret.encode(), payload, hashlib.sha256)
    return f"{base64.b64encode(signature).decode()}.{payload.decode()}"


def test_a_posted_launch_opens_in_its_frame_outlives_a_reload_and_ends_with_its_key(
    page: Page, stack: RunningStack, crm: ScriptedServer
) -> None:
    subject = stack.create_visit_apart("documented")
    secret, slug = secrets.token_hex(16), f"key{secrets.token_hex(4)}"
    given = {"account": subject.account, "crm": crm.base_url, "slug": slug, "secret": secret}
    run_in_shell(stack, _CONNECT_CRM.format(tenant=ORGANISATION, **given))
    url, signed = f"{stack.url}/launch/canvas/{slug}", sign(subject, parent=crm.base_url, secret=secret)
    crm.will("record", reply(200, _PAGE.format(url=url, signed=signed), headers=(("Content-Type", "text/html"),)))
    page.goto(f"{crm.base_url}/record")

    page.evaluate("document.forms[0].submit()")

    frame = page.frame_locator("iframe")
    expect(frame.locator("#panel[data-state='live']")).to_be_visible()
    expect(frame.locator("section[data-section='identity']")).to_contain_text("John Doe")
    page.frames[1].evaluate("() => location.reload()")
    expect(frame.locator("section[data-section='identity']")).to_contain_text("John Doe")
    assert page.context.cookies(stack.url) == []
    run_in_shell(stack, _REVOKE_KEY.format(slug=slug))
    expect(frame.locator("#panel[data-state='refused']")).to_be_visible()
