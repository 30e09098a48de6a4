"""Two decoders, one answer: what the fast one takes is what the other would have made of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lpcontext.liveperson.responses.envelopes import NO_JSON, decode_json


def refuse(_: str) -> object:
    raise ValueError


def slowly(body: bytes) -> object:
    try:
        return json.loads(body, parse_constant=refuse)
    except (ValueError, RecursionError):
        return NO_JSON


ODD = [
    b'{"a": 1, "a": 2}',
    bytes([0xEF, 0xBB, 0xBF]) + b"{}",
    '["caf\u00e9"]'.encode("utf-16"),
    rb'["\ud800"]',
    rb'["\ud83d\ude00"]',
    b'["' + bytes([0xED, 0xA0, 0x80]) + b'"]',
    b'["' + bytes([0xFF]) + b'"]',
    b"[1e400, -1e400, 1e-400, -0, -0.0, 1E5]",
    b"[" + b"9" * 400 + b"]",
    b"[" + b"9" * 5000 + b"]",
    b"[18446744073709551616, -9223372036854775809, 0.1234567890123456789]",
    b"[NaN]",
    b"[Infinity]",
    b"[01]",
    b"[1.]",
    b'["\t"]',
    b'["' + bytes([0x7F, 0xC2, 0xA0]) + b'"]',
    bytes([0x0C]) + b"[]",
    b"[1] x",
    b"",
    b"null",
    b"[" * 200 + b"]" * 200,
    b'{"a":' * 100_000,
]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_odd_bodies_are_taken_alike(body: bytes) -> None:
    assert repr(decode_json(body)) == repr(slowly(body))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, database=None)
@given(document=anything, escaped=st.booleans(), at=st.integers(0, 60), noise=st.binary(max_size=3))
def test_any_body_is_taken_alike_whole_or_spoilt(document: object, escaped: bool, at: int, noise: bytes) -> None:
    whole = json.dumps(document, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    for body in (whole, whole[:at] + noise + whole[at:], whole[:at]):
        assert repr(decode_json(body)) == repr(slowly(body))
