"""HubSpot: the published vectors, both spellings of the address, its age and identity (peers.md 4.4)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.launch.hosts.hubspot import decode_uri, join_signed
from tests.launch.hosts.conftest import SESSION, VISITOR, MakeKey, find_failed_check

SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"
PUBLIC = "https://panel.example"
QUERY = f"portalId=62515&userId=7&userEmail=ann%40crm.example&appId=1&visitorId={VISITOR}&sessionId={SESSION}"
VECTOR_TIME = "1700000000000"


@pytest.fixture
def key(make_key: MakeKey, settings: Settings) -> LaunchKey:
    settings.PUBLIC_URL = PUBLIC
    settings.ALLOWED_HOSTS = ["panel.example", "testserver"]
    return make_key(LaunchHost.HUBSPOT, SECRET, tenant="62515")


def compute_signature(method: str, uri: str, body: str, timestamp: str) -> str:
    digest = hmac.digest(SECRET.encode(), f"{method}{uri}{body}{timestamp}".encode(), hashlib.sha256)
    return base64.b64encode(digest).decode()


def send(
    client: Client,
    key: LaunchKey,
    *,
    query: str = QUERY,
    method: str = "GET",
    body: str = "",
    age_ms: int = 0,
    signed_uri: str | None = None,
    **headers: str,
) -> Any:
    path = f"/launch/hubspot/{key.slug}"
    timestamp = str(int(time.time() * 1000) - age_ms)
    uri = decode_uri(f"{PUBLIC}{path}?{query}") if signed_uri is None else signed_uri
    sent = {
        "X-HubSpot-Request-Timestamp": timestamp,
        "X-HubSpot-Signature-v3": compute_signature(method, uri, body, timestamp),
    } | headers
    return client.generic(method, f"{path}?{query}", body, content_type="application/json", headers=sent)


WEBHOOK = "https://www.example.com/webhook_uri"
UNDECODED = f"{WEBHOOK}?src=hs%3Aapp%2Fv3&x=%28a%29"


@pytest.mark.parametrize(
    ("method", "uri", "body", "signature"),
    [
        ("GET", decode_uri(UNDECODED), "", "A5EFCEV20WcCh3svsc5pvY3hoLh0Zv7Jn3CijK7FHBI="),
        ("GET", UNDECODED, "", "AsPqU9i3mggQd2QMfAyNOrf9bHsgfTlvTZUAHQy4QJM="),
        ("POST", WEBHOOK, '{"example_field":"example_value"}', "rQEKkaNUiu+1qGF//O/pw4BCzstSqO1PyUnGICmf+7o="),
    ],
)
def test_the_published_vectors_are_what_we_compute(method: str, uri: str, body: str, signature: str) -> None:
    signed = join_signed(method, uri, body.encode(), VECTOR_TIME)

    assert base64.b64encode(hmac.digest(SECRET.encode(), signed, hashlib.sha256)).decode() == signature
    assert compute_signature(method, uri, body, VECTOR_TIME) == signature


def test_the_twelve_are_decoded_and_nothing_else() -> None:
    assert decode_uri("%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B") == ":/?@!$'()*,;"
    assert decode_uri("%3a%2f %253A %20 %26 %3D %25") == ":/ %253A %20 %26 %3D %25"


def test_a_signed_fetch_gets_a_ticket_that_opens_the_panel(client: Client, key: LaunchKey) -> None:
    answer = send(client, key)

    assert answer.status_code == 201
    assert set(answer.json()) == {"url", "expiresAt"}
    assert client.get(answer.json()["url"].removeprefix(PUBLIC)).status_code == 200


def test_an_address_signed_as_hubspot_s_own_client_does_passes_too(client: Client, key: LaunchKey) -> None:
    undecoded = f"{PUBLIC}/launch/hubspot/{key.slug}?{QUERY}"

    assert send(client, key, signed_uri=undecoded).status_code == 201


def test_a_post_s_body_is_signed_with_it_and_may_carry_the_ids(client: Client, key: LaunchKey) -> None:
    body = f'{{"visitorId": "{VISITOR}", "sessionId": "{SESSION}"}}'

    assert send(client, key, query="portalId=62515", method="POST", body=body).status_code == 201


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        ({"age_ms": 301_000}, "age"),
        ({"age_ms": -120_000}, "age"),
        ({"query": QUERY.replace("62515", "62516")}, "portal"),
        ({"query": QUERY.replace("portalId=62515&", "")}, "portal"),
        ({"query": f"{QUERY}&portalId=62515"}, "an identity is given twice"),
        ({"query": f"{QUERY}&userEmail=boss%40crm.example"}, "an identity is given twice"),
        ({"query": f"{QUERY}&accountId=99999999"}, "account"),
        ({"signed_uri": "https://evil.example/launch"}, "signature"),
        ({"X-HubSpot-Signature-v3": ""}, "signature"),
        ({"X-HubSpot-Signature-v3": "é" * 44}, "signature"),
        ({"X-HubSpot-Request-Timestamp": "now"}, "timestamp"),
        ({"X-HubSpot-Request-Timestamp": ""}, "timestamp"),
    ],
)
def test_what_must_fail_gives_the_one_refusal(
    client: Client, key: LaunchKey, changed: dict[str, Any], check: str
) -> None:
    answer = send(client, key, **changed)

    assert answer.status_code == 403
    assert answer.json()["error"] == "This launch is not accepted."
    assert find_failed_check() == check


def test_the_address_is_ours_whatever_host_a_request_names(client: Client, key: LaunchKey) -> None:
    uri = f"https://testserver/launch/hubspot/{key.slug}?{QUERY}"

    assert send(client, key, signed_uri=uri, Host="testserver").status_code == 403


def test_a_second_use_is_refused(client: Client, key: LaunchKey, monkeypatch: pytest.MonkeyPatch) -> None:
    stamped = time.time()
    monkeypatch.setattr(time, "time", lambda: stamped)
    send(client, key)

    assert send(client, key).status_code == 403
    assert find_failed_check() == "second use"


@pytest.mark.parametrize("body", ["[]", "{", "\udcff", "[" * 20_000, '{"x":' * 5_000])
def test_whoever_is_proven_is_told_that_a_body_is_no_object(client: Client, key: LaunchKey, body: str) -> None:
    answer = send(client, key, query="portalId=62515", method="POST", body=body.encode("utf-8", "replace").decode())

    assert answer.status_code == 400
    assert answer.json()["error"] == "The body must be a JSON object."


def test_older_signatures_are_not_taken(client: Client, key: LaunchKey) -> None:
    """v1 and v2 say no time, and v1 leaves the address out."""
    path = f"/launch/hubspot/{key.slug}?{QUERY}"
    signature = hashlib.sha256(f"{SECRET}GET{PUBLIC}{path}".encode()).hexdigest()

    assert client.get(path, headers={"X-HubSpot-Signature": signature}).status_code == 403


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=255), max_size=60))
def test_nothing_that_is_sent_is_an_error_of_ours(client: Client, key: LaunchKey, body: bytes, text: str) -> None:
    path = f"/launch/hubspot/{key.slug}?portalId=62515"
    headers = {"X-HubSpot-Request-Timestamp": text, "X-HubSpot-Signature-v3": text}

    assert client.generic("POST", path, body, content_type="application/json", headers=headers).status_code == 403
    assert send(client, key, query="portalId=62515", method="POST", body=text).status_code == 400
