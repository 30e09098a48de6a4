"""Which addresses are one network."""

from __future__ import annotations

import pytest

from lpcontext.limits import find_network


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:4711", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_address_has_a_network(address: str, network: str) -> None:
    assert find_network(address) == network
