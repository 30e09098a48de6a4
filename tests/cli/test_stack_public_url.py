"""Where people find a server that listens on one address, on a name, or on all of the machine's."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest

from lpcontext.cli.stack import Stack


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1", "localhost"),
        ("localhost", "localhost"),
        (str(IPv4Address(0)), "localhost"),
        ("::", "localhost"),
        ("0:0:0:0:0:0:0:0", "localhost"),
        ("192.0.2.7", "192.0.2.7"),
        ("panel.example", "panel.example"),
    ],
)
def test_a_server_is_found_under_a_name_that_leads_to_it(host: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LPCONTEXT_PUBLIC_URL", raising=False)

    assert Stack(host=host, port=8000).public_url == f"http://{name}:8000"
