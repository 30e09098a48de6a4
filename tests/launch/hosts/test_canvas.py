"""Salesforce Canvas: the published vector passes, each must-fail case gives the same page (peers.md 4.2)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.views.debug import SafeExceptionReporterFilter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lpcontext.accounts.launch_keys import revoke_launch_key
from lpcontext.accounts.models import Account, LaunchHost, LaunchKey
from lpcontext.audit.models import AuditRecord
from lpcontext.launch.hosts.canvas import _open
from lpcontext.launch.hosts.proof import CheckFailed
from lpcontext.snapshots.memory import connect
from tests.launch.hosts.canvas_requests import ORGANISATION, SECRET, TOKEN, build_envelope, pack, post, sign
from tests.launch.hosts.conftest import CRM, VISITOR, MakeKey, assert_opened, assert_refused

VECTOR_PAYLOAD = "eyJhbGdvcml0aG0iOiJITUFDU0hBMjU2IiwiaXNzdWVkQXQiOm51bGwsInVzZXJJZCI6IjAwNXgwMDAwMDAxU3l5RUFBUyJ9"
VECTOR_SIGNATURE = "p3NN1PamvQq/4fvHY/oK7fHDe97oT5BI7x1sJ5Z+I1Y="


@pytest.fixture
def key(make_key: MakeKey) -> LaunchKey:
    return make_key(LaunchHost.CANVAS, SECRET, tenant=ORGANISATION)


def test_a_signed_request_opens_the_panel_framed_by_the_page_that_signed(client: Client, key: LaunchKey) -> None:
    assert_opened(post(client, key, sign(pack(build_envelope()))))

    record = AuditRecord.objects.get()
    assert (record.host, record.agent_name, record.verified_by) == ("canvas", "Ann Agent", f"launch-key:{key.pk}")


def test_the_published_vector_is_proven(key: LaunchKey) -> None:
    """Its envelope names no organisation, so it is the signature and the algorithm that pass."""
    with pytest.raises(CheckFailed, match="organisation"):
        _open(f"{VECTOR_SIGNATURE}.{VECTOR_PAYLOAD}", key)
    with pytest.raises(CheckFailed, match="signature"):
        _open(f"{VECTOR_SIGNATURE}.{VECTOR_PAYLOAD[:-1]}A", key)


def change_payload(signed: str) -> str:
    return signed[:-5] + ("A" if signed[-5] != "A" else "B") + signed[-4:]


def over_decoded_json(_: str) -> str:
    payload = pack(build_envelope())
    digest = hmac.digest(SECRET.encode(), base64.b64decode(payload), hashlib.sha256)
    return f"{base64.b64encode(digest).decode()}.{payload}"


def url_safe(_: str) -> str:
    payload = pack(build_envelope(note="???>>>ÿÿÿ"))
    return sign(payload).replace("+", "-").replace("/", "_").replace("=", "")


def plus_to_space(_: str) -> str:
    for number in range(200):
        signed = sign(pack(build_envelope(number=number)))
        if "+" in signed.partition(".")[0]:
            return signed.replace("+", " ")
    raise AssertionError("no signature with a plus was found")


@pytest.mark.parametrize(
    ("change", "check"),
    [
        pytest.param(change_payload, "signature", id="one character changed"),
        pytest.param(over_decoded_json, "signature", id="signed over decoded JSON"),
        pytest.param(url_safe, "signature", id="url-safe base64"),
        pytest.param(plus_to_space, "signature", id="plus read as space"),
        pytest.param(lambda signed: signed.replace(".", "..", 1), "signature", id="two periods"),
        pytest.param(lambda _: "", "no signed request", id="missing field"),
        pytest.param(lambda _: "no-period-at-all", "no signed request", id="no period"),
        pytest.param(lambda signed: sign(signed.partition(".")[2], "another secret"), "signature", id="other secret"),
        pytest.param(lambda _: sign(pack(build_envelope(algorithm="HMACSHA1"))), "algorithm", id="other algorithm"),
        pytest.param(lambda _: sign(pack(build_envelope(algorithm=None))), "algorithm", id="no algorithm"),
        pytest.param(lambda _: sign("bm8gSlNPTg=="), "payload", id="no JSON"),
        pytest.param(lambda _: sign("%%%"), "payload", id="no base64"),
        pytest.param(
            lambda _: sign(base64.b64encode(b'{"context":' + b"[" * 20_000).decode()),
            "payload",
            id="nested without end",
        ),
        pytest.param(
            lambda _: sign(pack(build_envelope(context={"organization": {"organizationId": "00Dy0000000Another"}}))),
            "organisation",
            id="other organisation",
        ),
        pytest.param(lambda _: sign(pack(build_envelope(context=None))), "organisation", id="no context"),
    ],
)
def test_what_must_fail_gives_the_one_refusal(client: Client, key: LaunchKey, change: Any, check: str) -> None:
    signed = change(sign(pack(build_envelope())))

    assert_refused(post(client, key, signed), check, TOKEN, VISITOR)


def test_a_second_use_is_refused(client: Client, key: LaunchKey) -> None:
    signed = sign(pack(build_envelope()))
    post(client, key, signed)

    assert_refused(post(client, key, signed), "second use")


def test_another_account_in_a_valid_signature_is_refused(client: Client, key: LaunchKey) -> None:
    envelope = build_envelope()
    envelope["context"]["environment"]["parameters"]["accountId"] = "99999999"

    assert_refused(post(client, key, sign(pack(envelope))), "account")


def test_another_parent_does_not_get_to_frame_it(
    client: Client, key: LaunchKey, caplog: pytest.LogCaptureFixture
) -> None:
    """Salesforce's page may stand in another of Salesforce's: the account's origins decide, and the log says so."""
    signed = sign(pack(build_envelope(client={"targetOrigin": "https://elsewhere.example"})))

    answer = post(client, key, signed)

    assert_opened(answer)
    assert "elsewhere" not in answer["Content-Security-Policy"] + caplog.text
    assert "its parent is none of the account's origins" in caplog.text


def test_a_page_of_salesforce_may_stand_in_another_of_salesforce(client: Client, key: LaunchKey) -> None:
    """Browsers ask for every page around it."""
    inner, outer = "https://org--c.vf.force.com", "https://org.lightning.force.com"
    account = Account.objects.get()
    account.origins = [CRM, inner, outer]
    account.save()

    assert_opened(
        post(client, key, sign(pack(build_envelope(client={"targetOrigin": inner})))), framed_by=f"{inner} {outer}"
    )
    assert_opened(post(client, key, sign(pack(build_envelope(number=2)))), framed_by=f"{CRM} {inner} {outer}")


def test_an_unknown_address_a_revoked_key_and_a_paused_account_give_the_same_page(
    client: Client, key: LaunchKey
) -> None:
    signed = sign(pack(build_envelope()))
    unknown = client.post("/launch/canvas/nosuchslug12", {"signed_request": signed}).text
    revoke_launch_key(key, now=timezone.now())
    revoked = post(client, key, signed).text
    LaunchKey.objects.update(revoked_at=None)
    Account.objects.update(is_active=False)
    paused = post(client, key, signed).text

    assert unknown == revoked == paused


def test_get_says_that_the_connected_app_is_misconfigured(client: Client, key: LaunchKey) -> None:
    answer = client.get(f"/launch/canvas/{key.slug}")

    assert answer.status_code == 400
    assert "Set the connected app&#x27;s access method to Signed Request (POST)" in answer.text


def test_the_oauth_tokens_of_the_envelope_are_kept_nowhere(
    client: Client, key: LaunchKey, caplog: pytest.LogCaptureFixture
) -> None:
    answer = post(client, key, sign(pack(build_envelope())))
    post(client, key, sign(pack(build_envelope()), "another secret"))

    kept = [connect().dump(name) for name in connect().keys("*")]
    reported = SafeExceptionReporterFilter().get_post_parameters(answer.wsgi_request)
    assert dict(reported.items()) == {"signed_request": "********************"}
    assert TOKEN not in answer.text + caplog.text + str(list(AuditRecord.objects.values()))
    assert not any(TOKEN.encode() in each for each in kept if each)


NAMES = (
    "algorithm", "context", "client", "user", "environment", "organization", "parameters", "record", "visitorId",
    "organizationId", "targetOrigin", "language", "timeZone",
)  # fmt: skip
LEAVES = st.none() | st.just("\ud800") | st.booleans() | st.floats() | st.integers() | st.text(max_size=20)
DOCUMENTS = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300), DOCUMENTS)
def test_nothing_that_is_sent_is_an_error_of_ours(client: Client, key: LaunchKey, text: str, document: Any) -> None:
    context = {"user": document, "environment": document, "organization": {"organizationId": ORGANISATION}}
    if isinstance(document, dict):
        context |= document
    envelope = {"algorithm": "HMACSHA256", "context": context, "client": document}

    for signed in (text, sign(pack(envelope)), sign(pack({"document": document}))):
        assert post(client, key, signed).status_code in (200, 400, 403)
