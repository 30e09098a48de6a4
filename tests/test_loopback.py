"""Which hosts count as this machine: for what we ask ourselves, and for what a browser opens."""

from __future__ import annotations

import pytest

from lpcontext.loopback import is_loopback_host, is_loopback_in_browser


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.10", "::1", "[::1]"])
def test_this_machine_is_known_by_each_of_its_names(host: str) -> None:
    assert is_loopback_host(host)
    assert is_loopback_in_browser(host)


def test_a_name_below_localhost_is_this_machine_to_browsers_alone() -> None:
    assert is_loopback_in_browser("crm.localhost")
    assert not is_loopback_host("crm.localhost")


@pytest.mark.parametrize(
    "host",
    [None, "", "example.com", "10.0.0.1", "::", "localhost.example", "notlocalhost", "127.0.0.1.example", "[", "1"],
)
def test_anything_else_is_not(host: str | None) -> None:
    assert not is_loopback_host(host)
    assert not is_loopback_in_browser(host)
