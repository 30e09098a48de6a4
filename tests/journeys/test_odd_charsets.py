"""A request that names an encoding that is none, or is no text's, is no error of ours, at any door."""

from __future__ import annotations

import pytest

from tests.support.running_stack import RunningStack
from tests.support.waiting import PATIENCE_SECONDS

DOORS = [
    ("POST", "/launch/canvas/abcdefabcdef"),
    ("POST", "/launch/zendesk/abcdefabcdef"),
    ("POST", "/launch/signed/abcdefabcdef"),
    ("GET", "/launch/hubspot/abcdefabcdef?portalId=1"),
    ("GET", "/launch/ticket/forged?a=b"),
    ("POST", "/api/v1/tickets"),
    ("POST", "/login/?next=/"),
    ("GET", "/login/?next=/"),
    ("GET", "/?a=b"),
    ("GET", "/livez"),
]
KINDS = [
    "application/x-www-form-urlencoded; charset=hex",
    "multipart/form-data; boundary=x; charset=undefined",
    "multipart/form-data; charset*=hex''%ff; boundary=x",
    "application/json; charset=idna",
]
BODY = b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n\xff%zz\r\n--x--\r\n'


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("method", "path"), DOORS)
def test_it_is_no_error_of_ours(stack: RunningStack, method: str, path: str, kind: str) -> None:
    body = BODY if method == "POST" else None

    answer = stack.http.request(
        method, stack.url + path, data=body, headers={"Content-Type": kind}, timeout=PATIENCE_SECONDS
    )

    assert answer.status_code < 500, answer.text
