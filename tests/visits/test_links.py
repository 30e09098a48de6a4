"""What of an address may be clicked, and what of it may be read."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpcontext.visits.links import format_host_and_path, is_safe_link
from tests.visits.responses import visit_of


@pytest.mark.parametrize(
    "url",
    [
        "https://testfile.com",
        "http://testfile.com/",
        "HTTPS://Shop.Example/Cart?step=2#pay",
        "https://shop.example:8443/a/b;c=d?e=f&g=h%20i",
        "http://localhost:8000/x",
        "http://192.0.2.1/x",
        "https://xn--bcher-kva.example/ü",
        "https://shop.example?x=a@b.example",
        "https://shop.example./",
    ],
)
def test_a_whole_web_address_may_become_a_link(url: str) -> None:
    assert is_safe_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript://shop.example/%0aalert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "blob:https://shop.example/1",
        "mailto:a@b.example",
        "ftp://shop.example/",
        "//shop.example/",
        "/cart",
        "testfile.com",
        "",
        "https:",
        "https://",
        "https:///path",
        "https:/shop.example",
        "https:shop.example",
        "https://?x",
        "https://.example/",
        "https://-shop.example/",
        "https://shop.example\\@evil.example/",
        "https://shop.example/a\\b",
        "https://shop.example@evil.example/",
        "https://user:secret@shop.example/",
        "https://shop.example%2f@evil.example/",
        "https://shop.example:port/",
        "https://shop.example:123456/",
        "https://shop.example /",
        "https://shop.example/a b",
        "https://shop.example/\n",
        "https://shop.example/\x00",
        "https://shop.example/\u202egnp.exe",
        "https://shop.example/\u200b",
        "https://evil.example\uff0fshop.example/",
        "https://ſhop.example/",
        "httpſ://shop.example/",
        "https://shop.example/<script>",
        'https://shop.example/"onclick=x',
        "https://[::1/",
        "https://[::1]/",
    ],
)
def test_nothing_else_becomes_a_link(url: str) -> None:
    assert not is_safe_link(url)


def test_no_address_is_no_link() -> None:
    assert not is_safe_link(None)


def test_an_address_that_was_cut_short_is_no_link_for_it_leads_elsewhere() -> None:
    (page,) = visit_of(pages=[{"url": "https://shop.example/?return=" + "x" * 3_000}]).pages

    assert not is_safe_link(page.url)


@given(st.text() | st.from_regex(r"https?:[/\\]{0,3}[a-z0-9@:.\\/\[\]%#?-]{0,20}", fullmatch=True))
def test_whatever_becomes_a_link_leads_to_the_host_it_shows(url: str) -> None:
    if is_safe_link(url):
        parts = urlsplit(url)

        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert parts.username is None
        assert format_host_and_path(url)[0] in (parts.hostname, f"{parts.hostname}:{parts.netloc.rpartition(':')[2]}")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://shop.example/cart/pay?card=4111#x", ("shop.example", "/cart/pay")),
        ("http://Shop.Example:8080/Cart", ("shop.example:8080", "/Cart")),
        ("testfile.com", ("testfile.com", "")),
        ("testfile.com/a/b", ("testfile.com", "/a/b")),
        ("testfile.com:8080/a", ("testfile.com:8080", "/a")),
        ("//testfile.com/a", ("testfile.com", "/a")),
        ("https://testfile.com", ("testfile.com", "")),
        ("https://user:secret@shop.example/a", ("shop.example", "/a")),
        ("https://shop.example/a;jsessionid=12345?x", ("shop.example", "/a")),
        ("https://shop.example?x=1", ("shop.example", "")),
        ("https://shop.example/users/myname@example.com/edit", ("shop.example", "/users/m•••••@example.com/edit")),
        ("https://shop.example/users/myname%40example.com", ("shop.example", "/users/m•••••%40example.com")),
        ("/cart?x", ("", "/cart")),
        ("javascript:alert(1)", ("", "javascript:alert(1)")),
        ("data:text/html,x", ("", "data:text/html,x")),
        ("mailto:myname@example.com?subject=x", ("", "mailto:m•••••@example.com")),
        ("", ("", "")),
    ],
)
def test_an_address_is_shown_as_host_and_path_without_what_may_be_personal(url: str, shown: tuple[str, str]) -> None:
    assert format_host_and_path(url) == shown


@given(st.text())
def test_any_text_has_something_to_show(url: str) -> None:
    host, path = format_host_and_path(url)

    assert "?" not in host + path
    assert "@" not in host
