"""Bodies that are none: in parts without end, a form of thousands of fields, of no kind. (Encodings: in journeys.)"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lpcontext.accounts.models import LaunchHost, LaunchKey
from tests.launch.hosts.conftest import MakeKey

HOSTS = list(LaunchHost)
PART = b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n%s\r\n--x--\r\n'


@pytest.fixture(params=HOSTS, ids=lambda host: host.value)
def key(make_key: MakeKey, request: pytest.FixtureRequest) -> LaunchKey:
    return make_key(request.param, "thirty-two-letters-or-a-few-more", tenant="https://shop.zendesk.com/x")


def send(client: Client, key: LaunchKey, body: bytes, content_type: str) -> Any:
    path = f"/launch/{key.get_address_word()}/{key.slug}?visitorId=%ff%00&sid=%"
    return client.generic("POST", path, body, content_type=content_type)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
        (PART % b"x", "multipart/form-data"),
        (PART % b"x", "multipart/form-data; boundary=\u00e9"),
        (PART % b"x", "multipart/form-data; boundary=" + "x" * 300),
        (b"&".join(b"a%d=1" % number for number in range(3000)), "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00", ""),
        (b"", "text/html"),
    ],
)
def test_a_body_that_is_none_is_refused(client: Client, key: LaunchKey, body: bytes, kind: str) -> None:
    assert send(client, key, body, kind).status_code in (400, 403)
