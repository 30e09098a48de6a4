"""Zendesk: RS256 alone, its audience, issuer and times; each must-fail case gives the same page (peers.md 4.3)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lpcontext.accounts.models import Account, LaunchHost, LaunchKey
from lpcontext.audit.models import AuditRecord
from tests.launch.hosts.conftest import CRM, SESSION, VISITOR, MakeKey, assert_opened, assert_refused

NOW = int(time.time())
AUDIENCE = "https://shop.zendesk.com/api/v2/apps/installations/4711.json"


@pytest.fixture(scope="module")
def private_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def public_key(private_key: RSAPrivateKey) -> str:
    return private_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.fixture
def key(make_key: MakeKey, public_key: str) -> LaunchKey:
    return make_key(LaunchHost.ZENDESK, tenant=AUDIENCE, public_key=public_key)


def build_claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    claims = {
        "iss": "shop.zendesk.com", "aud": AUDIENCE, "iat": now, "nbf": now, "exp": now + 300, "sub": "9001",
        "qsh": "x", "context": {"product": "support", "location": "ticket_sidebar"},
    }  # fmt: skip
    return {name: value for name, value in (claims | changed).items() if value is not None}


def post(client: Client, key: LaunchKey, token: str, query: str = "") -> Any:
    query = query or f"?origin=https%3A%2F%2Fshop.zendesk.com&app_guid=g&visitorId={VISITOR}&sessionId={SESSION}"
    return client.post(f"/launch/zendesk/{key.slug}{query}", {"token": token} if token else {})


def test_a_signed_token_opens_the_panel(client: Client, key: LaunchKey, private_key: RSAPrivateKey) -> None:
    assert_opened(post(client, key, jwt.encode(build_claims(), private_key, "RS256")))

    record = AuditRecord.objects.get()
    assert (record.host, record.agent_id) == ("zendesk", "9001")


def test_an_app_s_own_page_may_send_the_token_on_with_the_ids(
    client: Client, key: LaunchKey, private_key: RSAPrivateKey
) -> None:
    token = jwt.encode(build_claims(), private_key, "RS256")
    form = {"token": token, "visitorId": VISITOR, "sessionId": SESSION}
    answer: Any = client.post(f"/launch/zendesk/{key.slug}?origin=https%3A%2F%2Fshop.zendesk.com&app_guid=g", form)

    assert_opened(answer)


def test_it_is_framed_by_that_zendesk_alone_where_the_account_allows_it(
    client: Client, key: LaunchKey, private_key: RSAPrivateKey
) -> None:
    account = Account.objects.get()
    account.origins = [CRM, "https://shop.zendesk.com"]
    account.save()

    answer = post(client, key, jwt.encode(build_claims(iss="https://shop.zendesk.com"), private_key, "RS256"))

    assert_opened(answer, framed_by="https://shop.zendesk.com")


def test_a_clock_a_minute_off_is_forgiven(client: Client, key: LaunchKey, private_key: RSAPrivateKey) -> None:
    now = int(time.time())

    ahead = jwt.encode(build_claims(iat=now + 45, nbf=now + 45), private_key, "RS256")
    behind = jwt.encode(build_claims(iat=now - 300, nbf=now - 300, exp=now - 30), private_key, "RS256")

    assert_opened(post(client, key, ahead))
    assert_opened(post(client, key, behind))


def sign_with_public_key(public_key: str, algorithm: str = "HS256") -> str:
    """PyJWT refuses to make one: by hand, as an attacker would."""

    def encode(part: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()

    signed = f"{encode({'alg': algorithm, 'typ': 'JWT'})}.{encode(build_claims())}"
    digest = hmac.digest(public_key.encode(), signed.encode(), hashlib.sha256)
    return f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def test_hs256_with_the_public_key_is_refused(client: Client, key: LaunchKey, public_key: str) -> None:
    assert_refused(post(client, key, sign_with_public_key(public_key)), "InvalidAlgorithmError")


def test_a_token_without_signature_is_refused(client: Client, key: LaunchKey) -> None:
    assert_refused(post(client, key, jwt.encode(build_claims(), "", "none")), "InvalidAlgorithmError")


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        ({"aud": AUDIENCE.replace("4711", "4712")}, "InvalidAudienceError"),
        (
            {"exp": NOW - 120, "iat": NOW - 400, "nbf": NOW - 400},
            "ExpiredSignatureError",
        ),
        ({"nbf": NOW + 3600}, "ImmatureSignatureError"),
        ({"iat": NOW + 3600, "exp": NOW + 3900}, "ImmatureSignatureError"),
        ({"iss": "other.zendesk.com"}, "issuer"),
        ({"iss": "http://shop.zendesk.com"}, "issuer"),
        ({"exp": None}, "MissingRequiredClaimError"),
        ({"iat": None}, "MissingRequiredClaimError"),
        ({"exp": NOW + 86_400}, "life"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else None,
)
def test_what_must_fail_gives_the_one_refusal(
    client: Client, key: LaunchKey, private_key: RSAPrivateKey, changed: dict[str, Any], check: str
) -> None:
    assert_refused(post(client, key, jwt.encode(build_claims(**changed), private_key, "RS256")), check, VISITOR)


def test_another_key_is_refused(client: Client, key: LaunchKey) -> None:
    other = generate_private_key(public_exponent=65537, key_size=2048)

    assert_refused(post(client, key, jwt.encode(build_claims(), other, "RS256")), "InvalidSignatureError")


def test_a_second_use_is_refused(client: Client, key: LaunchKey, private_key: RSAPrivateKey) -> None:
    token = jwt.encode(build_claims(), private_key, "RS256")
    post(client, key, token)

    assert_refused(post(client, key, token), "second use")


def test_a_second_use_is_refused_however_its_signature_is_spelled(
    client: Client, key: LaunchKey, private_key: RSAPrivateKey
) -> None:
    """The last of its 342 letters has four bits that say nothing: whoever reads leniently takes sixteen for one."""
    token = jwt.encode(build_claims(), private_key, "RS256")
    post(client, key, token)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = letters[letters.index(token[-1]) ^ 1]

    assert post(client, key, token[:-1] + other).status_code == 403
    assert post(client, key, f"{token}==").status_code == 403


def test_what_a_token_leaves_open_is_left_open(client: Client, key: LaunchKey, private_key: RSAPrivateKey) -> None:
    """Zendesk does not say what `sub` looks like, and `nbf` says nothing that `iat` does not."""
    claims = json.dumps(build_claims(sub=9001, nbf=None)).encode()

    assert_opened(post(client, key, jwt.api_jws.encode(claims, private_key, "RS256")))
    assert AuditRecord.objects.get().agent_id == "9001"


@pytest.mark.parametrize("sub", ["\ud800", "9\u0007", ["9001"], True])
def test_an_agent_that_cannot_be_written_down_is_none(
    client: Client, key: LaunchKey, private_key: RSAPrivateKey, sub: Any
) -> None:
    claims = json.dumps(build_claims(sub=sub)).encode()

    assert_opened(post(client, key, jwt.api_jws.encode(claims, private_key, "RS256")))
    assert AuditRecord.objects.get().agent_id == ""


@pytest.mark.parametrize("exp", ['"9999999999"', "Infinity", "NaN", "[]", "1e999", str(10**30)])
def test_a_time_that_is_none_is_refused(client: Client, key: LaunchKey, private_key: RSAPrivateKey, exp: str) -> None:
    claims = json.dumps(build_claims(exp=4711)).replace("4711,", f"{exp},", 1).encode()

    assert post(client, key, jwt.api_jws.encode(claims, private_key, "RS256")).status_code == 403


def test_a_get_without_token_and_a_token_in_the_query_are_refused(
    client: Client, key: LaunchKey, private_key: RSAPrivateKey
) -> None:
    token = jwt.encode(build_claims(), private_key, "RS256")
    address = f"/launch/zendesk/{key.slug}?visitorId={VISITOR}&sessionId={SESSION}"

    for asked in (address, f"{address}&token={token}"):
        answer: Any = client.get(asked)
        assert_refused(answer, "no token in a POST")
    assert_refused(post(client, key, "", f"?token={token}"), "no token in a POST")


def test_whoever_is_proven_is_told_that_ids_are_missing(
    client: Client, key: LaunchKey, private_key: RSAPrivateKey
) -> None:
    answer = post(client, key, jwt.encode(build_claims(), private_key, "RS256"), "?origin=x")

    assert answer.status_code == 400
    assert "A visit needs both" in answer.text


@pytest.mark.parametrize("deep", ["[" * 20_000, '{"alg":' * 5_000])
def test_what_is_nested_without_end_is_refused(client: Client, key: LaunchKey, deep: str) -> None:
    """A token's header is read before its signature can be."""
    header = base64.urlsafe_b64encode(deep.encode()).rstrip(b"=").decode()

    assert post(client, key, f"{header}.e30.AAAA").status_code == 403


def test_claims_nested_without_end_are_refused(client: Client, key: LaunchKey, private_key: RSAPrivateKey) -> None:
    claims = b'{"iss":' + b"[" * 20_000

    assert post(client, key, jwt.api_jws.encode(claims, private_key, "RS256")).status_code == 403


VALUES = (
    st.none()
    | st.sampled_from(["\ud800", "1e999", True, 1.5])
    | st.text(max_size=9)
    | st.integers()
    | st.lists(st.text(max_size=3), max_size=2)
)
CLAIMS = st.dictionaries(st.sampled_from(["iss", "aud", "iat", "nbf", "exp", "sub"]), VALUES, max_size=4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200), CLAIMS)
def test_nothing_that_is_sent_is_an_error_of_ours(
    client: Client, key: LaunchKey, private_key: RSAPrivateKey, text: str, claims: dict[str, Any]
) -> None:
    signed = jwt.api_jws.encode(json.dumps(build_claims() | claims).encode(), private_key, "RS256")

    assert {post(client, key, text or "x").status_code, post(client, key, signed).status_code} <= {200, 400, 403}
