"""The signature check, against vectors it did not compute and clients it does not know."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from lpcontext.emulator import Choices, Emulator
from lpcontext.emulator.signing import (
    SignatureProblem,
    SignedRequest,
    SigningKey,
    base_string,
    read_authorization,
    verify_signature,
)
from tests.emulator.caller import Caller, sign_with
from tests.support.manual_clock import ManualClock

VECTORS = json.loads((Path(__file__).parent / "vectors" / "oauth1-test-vectors-computed.json").read_text())
KEY = SigningKey(**VECTORS["credentials"])
CASES = VECTORS["cases"]
WORLD = "checkout"


def request_of(case: dict[str, Any]) -> SignedRequest:
    url = urlsplit(case["url"])
    return SignedRequest(
        method=case["method"], scheme=url.scheme, host=url.netloc, raw_path=url.path, raw_query=url.query
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['method']} {case['oauth_signature'][:6]}")
def test_a_published_vector_passes(case: dict[str, Any]) -> None:
    oauth = read_authorization(case["authorization_header"])

    assert base_string(request_of(case), oauth=oauth) == case["signature_base_string"]
    verify_signature(request_of(case), oauth=oauth, key=KEY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['method']} {case['oauth_signature'][:6]}")
@pytest.mark.parametrize("name", ["oauth_signature", "oauth_nonce", "oauth_timestamp"])
def test_a_vector_with_one_changed_parameter_fails(case: dict[str, Any], name: str) -> None:
    oauth = read_authorization(case["authorization_header"])

    with pytest.raises(SignatureProblem, match="signature_invalid"):
        verify_signature(request_of(case), oauth=oauth | {name: "1" + oauth[name][1:] + "x"}, key=KEY)


def test_a_body_hash_the_client_chose_to_send_is_part_of_what_it_signed() -> None:
    hashed = next(case for case in CASES if "oauth_body_hash" in case["authorization_header"])
    oauth = read_authorization(hashed["authorization_header"])
    del oauth["oauth_body_hash"]

    with pytest.raises(SignatureProblem, match="signature_invalid"):
        verify_signature(request_of(hashed), oauth=oauth, key=KEY)


def test_the_usual_port_is_left_out_and_another_is_not() -> None:
    def address(scheme: str, host: str) -> str:
        request = SignedRequest(method="GET", scheme=scheme, host=host, raw_path="/", raw_query="")
        return base_string(request, oauth={}).split("&")[1]

    assert address("https", "Example.net:443") == address("https", "example.net")
    assert address("http", "example.net:80") == address("http", "example.net")
    assert address("http", "example.net:443") != address("http", "example.net")


def test_an_encoded_slash_is_not_a_slash(caller: Caller, emulator: Emulator) -> None:
    visitor_id, session_id = emulator.mint_visit(WORLD)
    honest = f"/api/account/{caller.account.account_id}/monitoring/visitors/{visitor_id}/visits/current/state"
    signed = caller.http.prepare_request(
        requests.Request("GET", f"{caller.base_url}{honest}?v=1&sid={session_id}", auth=sign_with(caller.account))
    )
    header = {"Authorization": _text(signed.headers["Authorization"])}

    tampered = caller.raw("GET", f"{honest.replace('/state', '%2Fstate')}?v=1&sid={session_id}", header)
    spelled = caller.raw("GET", f"{honest.replace('/visits', '/visit%73')}?v=1&sid={session_id}", header)
    genuine = caller.raw("GET", f"{honest}?v=1&sid={session_id}", header)

    assert (tampered.status, spelled.status, genuine.status) == (404, 401, 200)


def test_a_signed_request_is_taken_once(caller: Caller, emulator: Emulator) -> None:
    ids = emulator.mint_visit(WORLD)
    path = f"/api/account/{caller.account.account_id}/monitoring/visitors/{ids[0]}/visits/current/state"
    signed = caller.http.prepare_request(
        requests.Request("GET", f"{caller.base_url}{path}?v=1&sid={ids[1]}", auth=sign_with(caller.account))
    )

    first, second = (caller.http.send(signed, timeout=5) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 401)
    assert second.json()["internalCode"] == 10


def test_a_stale_timestamp_is_refused() -> None:
    with Emulator(clock=ManualClock(time.time())) as strict, Caller(strict) as caller:
        ids = strict.mint_visit(WORLD)

        assert caller.visit(ids, auth=sign_with(caller.account, timestamp="1261039670")).status_code == 401
        assert caller.visit(ids).status_code == 200


def test_another_accounts_key_is_refused(caller: Caller, emulator: Emulator) -> None:
    stranger = type(caller.account)("99999999")

    assert caller.code(emulator.mint_visit(WORLD), auth=sign_with(stranger)) == (401, 10)


def test_a_refusal_can_be_form_encoded() -> None:
    with Emulator(choices=Choices(oauth_refusal="form")) as formal, Caller(formal) as caller:
        answer = caller.visit(formal.mint_visit(WORLD), auth=sign_with(type(caller.account)("99999999")))

        assert answer.headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert answer.text == "oauth_problem=consumer_key_unknown"


def test_a_client_that_sends_a_body_with_a_get_is_not_refused(caller: Caller, emulator: Emulator) -> None:
    visitor_id, session_id = emulator.mint_visit(WORLD)
    path = f"/api/account/{caller.account.account_id}/monitoring/visitors/{visitor_id}/visits/current/state"

    answer = caller.ask("GET", f"{path}?v=1&sid={session_id}", json=[], auth=sign_with(caller.account))

    assert answer.status_code == 200


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
