from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from requests import Request, Session

from lpcontext.liveperson import WrongSession, WrongVisitor
from lpcontext.liveperson.auth.credentials import OAuth1Key
from lpcontext.liveperson.auth.oauth1 import OAuth1Signature
from tests.support.client_harness import KEY, ClientHarness
from tests.support.scripted_server import Asked, ScriptedServer, reply

VECTORS = json.loads((Path(__file__).parent / "vectors" / "oauth1-test-vectors-computed.json").read_text())
# One vector shows oauthlib's own variant of signing a body, which plain OAuth 1.0 knows nothing of.
CASES = [case for case in VECTORS["cases"] if "oauth_body_hash" not in case["signature_base_string"]]


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_the_computed_vectors_are_reproduced(case: dict[str, Any]) -> None:
    signature = OAuth1Signature(
        OAuth1Key(**VECTORS["credentials"]),
        clock=lambda: float(case["oauth_timestamp"]),
        nonce=lambda: str(case["oauth_nonce"]),
    )
    body = json.loads(case["json_body"]) if "json_body" in case else None

    with Session() as session:
        sent = session.prepare_request(Request(case["method"], case["url"], json=body, auth=signature))

    assert sent.url == case["url"]
    assert sent.headers["Authorization"] == case["authorization_header"]


def is_signed(asked: Asked, *, host: str) -> bool:
    """Checks the signature over the raw path, with nothing of ours or oauthlib's in it (contract 3.2)."""
    oauth = dict(re.findall(r'(oauth_\w+)="([^"]*)"', asked.headers["authorization"]))
    signature = unquote(oauth.pop("oauth_signature"))
    pairs = [pair.partition("=")[::2] for pair in asked.query.split("&")]
    encoded = [(name, quote(unquote(value), safe="")) for name, value in pairs] + list(oauth.items())
    parameters = "&".join(f"{name}={value}" for name, value in sorted(encoded))
    address = f"http://{host}{asked.path}"
    base = "&".join(quote(part, safe="") for part in (asked.method, address, parameters))
    key = f"{quote(KEY.secret, safe='')}&{quote(KEY.access_token_secret, safe='')}"
    digest = hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()
    return hmac.compare_digest(base64.b64encode(digest).decode(), signature)


ODD_IDS = [
    "a b",
    "a+b",
    "a/b",
    "a%2Fb",
    "a%b",
    "..a",
    "../x",
    "%2e%2e",
    "a?b#c",
    "ünïcode",
    "a;b=c",
    "~._-",
    "a\x00\nb",
]


@pytest.mark.parametrize("odd", ODD_IDS)
def test_ids_travel_encoded_once_and_signed_as_they_travel(server: ScriptedServer, odd: str) -> None:
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url) as harness:
        harness.look(visitor_id=odd, session_id=odd)

    asked = server.asked_for("state")[0]
    segments = asked.path.split("/")
    assert segments[:6] == ["", "api", "account", "12345678", "monitoring", "visitors"]
    assert segments[7:] == ["visits", "current", "state"]
    assert segments[6] == quote(odd, safe="")
    assert asked.query == f"v=1&filter=agent&sid={quote(odd, safe='')}"
    assert is_signed(asked, host=server.host)


def test_no_id_anybody_can_think_of_leaves_its_place() -> None:
    with ScriptedServer() as server, ClientHarness(server.base_url) as harness:
        server.will("state", reply(200, {}))

        @settings(max_examples=40, deadline=None, database=None)
        @given(visitor=st.text(min_size=1), session=st.text(min_size=1))
        def look(visitor: str, session: str) -> None:
            if visitor in (".", ".."):
                return
            harness.look(visitor_id=visitor, session_id=session)
            asked = server.asked_for("state")[-1]
            assert unquote(asked.path.split("/")[6]) == visitor
            assert unquote(asked.query.rpartition("sid=")[2]) == session
            assert is_signed(asked, host=server.host)

        look()


@pytest.mark.parametrize("visitor", ["", ".", "..", "\ud800"])
def test_a_visitor_id_that_fits_in_no_address_is_not_asked_for(server: ScriptedServer, visitor: str) -> None:
    with ClientHarness(server.base_url) as harness, pytest.raises(WrongVisitor):
        harness.look(visitor_id=visitor)

    assert server.asked == []


@pytest.mark.parametrize("session", ["", "\udfff"])
def test_a_session_id_that_fits_in_no_address_is_not_asked_for(server: ScriptedServer, session: str) -> None:
    with ClientHarness(server.base_url) as harness, pytest.raises(WrongSession):
        harness.look(session_id=session)

    assert server.asked == []


def test_every_call_has_a_nonce_of_its_own_and_the_clock_it_was_given(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url) as harness:
        harness.look()
        harness.clock.pass_time(7)
        harness.look()

    headers = [asked.headers["authorization"] for asked in server.asked_for("state")]
    assert len({re.search(r'oauth_nonce="([^"]+)"', header) and header for header in headers}) == 2
    assert [re.findall(r'oauth_timestamp="(\d+)"', header) for header in headers] == [["1700000000"], ["1700000007"]]
    assert all("realm" not in header and "oauth_body_hash" not in header for header in headers)
