"""A POST any server can sign: a ticket for a server, the panel for a browser's form (peers.md 4.8)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.audit.models import AuditRecord
from lpcontext.snapshots.memory import connect
from tests.launch.hosts.conftest import (
    ACCOUNT,
    CRM,
    SESSION,
    VISITOR,
    MakeKey,
    assert_opened,
    assert_refused,
    find_failed_check,
)

SECRET = "thirty-two-letters-or-a-few-more"
BODY = {
    "accountId": ACCOUNT, "visitorId": VISITOR, "sessionId": SESSION, "origin": CRM, "locale": "de-DE",
    "agent": {"id": "7", "name": "Ann"}, "timeZone": "Europe/Berlin",
    "crm": {"phone": "+49 30 901820", "recordUrl": "https://crm.example/1"},
}  # fmt: skip


@pytest.fixture
def key(make_key: MakeKey) -> LaunchKey:
    return make_key(LaunchHost.SIGNED_POST, SECRET)


def compute(body: str, timestamp: str, secret: str = SECRET) -> bytes:
    return hmac.digest(secret.encode(), f"{timestamp}.{body}".encode(), hashlib.sha256)


def send(client: Client, key: LaunchKey, body: str | None = None, *, age: int = 0, **headers: Any) -> Any:
    body = json.dumps(BODY) if body is None else body
    timestamp = str(int(time.time()) - age)
    sent: dict[str, Any] = {
        "X-LPContext-Timestamp": timestamp,
        "X-LPContext-Signature": compute(body, timestamp).hex(),
    } | headers
    return client.post(f"/launch/signed/{key.slug}", body, content_type="application/json", headers=sent)


def post_form(client: Client, key: LaunchKey, **changed: str) -> Any:
    body, timestamp = json.dumps(BODY), str(int(time.time()))
    form = {"payload": body, "timestamp": timestamp, "signature": compute(body, timestamp).hex()} | changed
    return client.post(
        f"/launch/signed/{key.slug}",
        urlencode(form),
        content_type="application/x-www-form-urlencoded",
    )


def test_a_server_gets_a_ticket_that_opens_the_panel(client: Client, key: LaunchKey) -> None:
    answer = send(client, key)

    assert answer.status_code == 201
    opened: Any = client.get(urlsplit(answer.json()["url"]).path)
    assert_opened(opened)


def test_what_is_recorded_is_the_look_not_the_ticket(client: Client, key: LaunchKey) -> None:
    answer = send(client, key)
    assert not AuditRecord.objects.exists()

    client.get(urlsplit(answer.json()["url"]).path)

    record = AuditRecord.objects.get()
    assert (record.action, record.host, record.verified_by) == ("opened", "signed_post", f"launch-key:{key.pk}")


def test_liveperson_is_asked_before_the_agent_looks(client: Client, key: LaunchKey) -> None:
    send(client, key)

    assert connect().keys("*active")


def test_whatever_fits_gets_a_ticket_and_what_does_not_is_named(client: Client, key: LaunchKey) -> None:
    """Letter by letter over the edge: what is taken for a panel is never too long for the ticket to it."""
    wide, statuses = "\U00020000", []
    for letters in range(180, 254):
        said = {
            "agent": {"id": wide * 200, "name": wide * 200},
            "crm": {"email": wide * letters, "customerId": wide * 60},
        }
        statuses.append(send(client, key, json.dumps(BODY | said)).status_code)

    assert statuses == sorted(statuses)
    assert set(statuses) == {201, 400}


def test_base64_is_as_good_as_hex(client: Client, key: LaunchKey) -> None:
    timestamp = str(int(time.time()))
    signature = base64.b64encode(compute(json.dumps(BODY), timestamp)).decode()

    sent: dict[str, Any] = {"X-LPContext-Timestamp": timestamp, "X-LPContext-Signature": signature}
    assert send(client, key, **sent).status_code == 201


def test_a_browser_s_form_opens_the_panel_at_once(client: Client, key: LaunchKey) -> None:
    assert_opened(post_form(client, key))


def test_a_form_in_parts_opens_it_too(client: Client, key: LaunchKey) -> None:
    body, timestamp = json.dumps(BODY), str(int(time.time()))
    form = {"payload": body, "timestamp": timestamp, "signature": compute(body, timestamp).hex()}

    assert_opened(cast(Any, client.post(f"/launch/signed/{key.slug}", form)))


def test_an_origin_is_read_as_browsers_spell_it(client: Client, key: LaunchKey) -> None:
    assert send(client, key, json.dumps(BODY | {"origin": "HTTPS://CRM.example:443/"})).status_code == 201


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        ({"age": 301}, "age"),
        ({"age": -120}, "age"),
        ({"X-LPContext-Signature": ""}, "signature"),
        ({"X-LPContext-Signature": "0" * 64}, "signature"),
        ({"X-LPContext-Signature": "z" * 64}, "signature"),
        ({"X-LPContext-Timestamp": "soon"}, "timestamp"),
        ({"X-LPContext-Timestamp": "1"}, "signature"),
        ({"body": json.dumps(BODY | {"accountId": "99999999"})}, "account"),
    ],
)
def test_what_must_fail_gives_a_server_the_one_refusal(
    client: Client, key: LaunchKey, changed: dict[str, Any], check: str
) -> None:
    answer = send(client, key, **changed)

    assert answer.status_code == 403
    assert (answer.json()["detail"], answer.json()["error"]) == ("This launch is not accepted.",) * 2
    assert find_failed_check() == check


@pytest.mark.parametrize("changed", [{"signature": "0" * 64}, {"payload": "{}"}, {"timestamp": "1"}])
def test_what_must_fail_gives_a_browser_the_one_page(client: Client, key: LaunchKey, changed: dict[str, str]) -> None:
    assert_refused(post_form(client, key, **changed), "signature")


def test_a_get_is_refused(client: Client, key: LaunchKey) -> None:
    assert client.get(f"/launch/signed/{key.slug}").status_code == 403


def test_a_second_use_is_refused(client: Client, key: LaunchKey) -> None:
    timestamp = str(int(time.time()))
    sent: dict[str, Any] = {
        "X-LPContext-Timestamp": timestamp,
        "X-LPContext-Signature": compute(json.dumps(BODY), timestamp).hex(),
    }
    send(client, key, **sent)

    assert send(client, key, **sent).status_code == 403
    assert find_failed_check() == "second use"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{", "The body must be a JSON object."),
        ('{"crm": {"phone": "\\ud800"}}', "The body must be a JSON object."),
        ('{"x":' + "[" * 20_000, "The body must be a JSON object."),
        ('{"crm":' * 5_000, "The body must be a JSON object."),
        (json.dumps(BODY | {"visitorId": 7}), "visitorId must be a text, in quotes."),
        (json.dumps(BODY | {"timeZone": "Mars/Base"}), "timeZone must be an IANA time zone such as Europe/Berlin."),
        (json.dumps(BODY | {"locale": "<b>"}), "locale must be a language tag such as en-GB."),
        (json.dumps(BODY | {"crm": {"recordUrl": "javascript:x"}}), "crm.recordUrl must be an address"),
        (json.dumps(BODY | {"crm": []}), "crm must be a JSON object."),
        (json.dumps(BODY | {"origin": "https://elsewhere.example"}), "origin is not among the origins"),
        (json.dumps(BODY | {"origin": "https://*.example"}), "origin must look like https://crm.example"),
    ],
)
def test_whoever_is_proven_is_told_which_field_is_wrong(
    client: Client, key: LaunchKey, body: str, sentence: str
) -> None:
    answer = send(client, key, body)

    assert answer.status_code == 400
    assert sentence in answer.json()["error"]


def test_a_byte_order_mark_is_read_over(client: Client, key: LaunchKey) -> None:
    assert send(client, key, "\ufeff" + json.dumps(BODY)).status_code == 201


VALUES = st.none() | st.text(max_size=9) | st.integers() | st.lists(st.integers(), max_size=2)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200), st.dictionaries(st.sampled_from([*BODY, "chatId"]), VALUES, max_size=4))
def test_nothing_that_is_sent_is_an_error_of_ours(
    client: Client, key: LaunchKey, text: str, fields: dict[str, Any]
) -> None:
    for body in (text, json.dumps(BODY | fields)):
        assert send(client, key, body).status_code in (201, 400, 403)
