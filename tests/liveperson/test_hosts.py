from __future__ import annotations

import pytest

from lpcontext.liveperson import HttpConfig

LIVEPERSON = HttpConfig("https://api.liveperson.net")
LOOPBACK = HttpConfig("http://127.0.0.1:8090")


@pytest.mark.parametrize(
    ("base_uri", "origin"),
    [
        ("lo.v.liveperson.net", "https://lo.v.liveperson.net"),
        ("va.agentvep.liveperson.net:9443", "https://va.agentvep.liveperson.net:9443"),
        ("LO.V.LivePerson.net", "https://lo.v.liveperson.net"),
    ],
)
def test_a_host_below_liveperson_is_asked_over_https(base_uri: str, origin: str) -> None:
    assert LIVEPERSON.origin_of(base_uri) == origin


@pytest.mark.parametrize(
    "base_uri",
    [
        "",
        "evil.example",
        "liveperson.net",
        "evilliveperson.net",
        "lo.v.liveperson.net.evil.example",
        "evil.example/.liveperson.net",
        "evil.example?.liveperson.net",
        "evil.example#.liveperson.net",
        "evil.example\\.liveperson.net",
        "lo.v.liveperson.net@evil.example",
        "user@lo.v.liveperson.net",
        "lo.v.liveperson.net:443@evil.example",
        "https://lo.v.liveperson.net",
        "lo.v.liveperson.net/",
        "lo.v.liveperson.net.",
        ".liveperson.net",
        "lo..liveperson.net",
        "-lo.liveperson.net",
        "lo.v.liveperson.net\n",
        " lo.v.liveperson.net",
        "lo.v.liveperson.net:",
        "lo.v.liveperson.net:0",
        "lo.v.liveperson.net:65536",
        "lo.v.liveperson.net:٤٤٣",
        "l\u200bo.liveperson.net",
        "ſ.liveperson.net",
        "lo%2ev.liveperson.net",
        "a" * 300 + ".liveperson.net",
        "10.0.0.7",
        "169.254.169.254",
    ],
)
def test_any_other_host_is_not_asked(base_uri: str) -> None:
    assert LIVEPERSON.origin_of(base_uri) is None


@pytest.mark.parametrize("base_uri", ["127.0.0.1:6379", "localhost", "[::1]:8000", "127.9.9.9"])
def test_a_domain_api_out_there_cannot_send_us_to_this_machine(base_uri: str) -> None:
    assert LIVEPERSON.origin_of(base_uri) is None
    assert LOOPBACK.origin_of(base_uri) == f"http://{base_uri}"


def test_an_emulator_can_still_not_send_us_elsewhere_in_plain_http() -> None:
    assert LOOPBACK.origin_of("evil.example:80") is None
    assert LOOPBACK.origin_of("lo.v.liveperson.net") == "https://lo.v.liveperson.net"


def test_an_allowed_host_without_a_leading_dot_is_that_host_alone() -> None:
    config = HttpConfig("https://api.lp.example", ("api.lp.example", ".v.lp.example"))

    assert config.origin_of("api.lp.example")
    assert config.origin_of("lo.v.lp.example")
    assert config.origin_of("other.lp.example") is None
    assert config.origin_of("myapi.lp.example") is None


@pytest.mark.parametrize(
    ("address", "trouble"),
    [
        ("http://api.liveperson.net", "must be https"),
        ("https://api.example", "not among the allowed hosts"),
        ("https://api.liveperson.net?x=1", "must look like"),
        ("https://user@api.liveperson.net", "must look like"),
        ("ftp://127.0.0.1", "must look like"),
        ("api.liveperson.net", "must look like"),
        ("", "must look like"),
    ],
)
def test_a_domain_api_we_would_not_ask_stops_the_start_with_a_sentence(address: str, trouble: str) -> None:
    with pytest.raises(ValueError, match=trouble):
        HttpConfig(address)
