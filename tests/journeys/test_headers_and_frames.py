"""What a browser is told: a strict policy, who may frame, nothing kept, no cookie, no referrer."""

from __future__ import annotations

import requests

from tests.support.house import House


def read_policy(answer: requests.Response) -> dict[str, str]:
    directives = (each.strip().partition(" ") for each in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in directives}


def test_a_launched_panel_is_strict_and_cookieless(house: House) -> None:
    answer = house.http.get(house.launch_url(house.mint("documented")), timeout=5)
    policy = read_policy(answer)

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_a_launched_panel_is_sent_compressed(house: House) -> None:
    subject = house.mint("documented")
    house.wait_for(house.open_panel(subject), "live")

    answer = house.http.get(house.launch_url(subject), timeout=5)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) * 2 < len(answer.content)


def test_only_the_accounts_origins_may_frame_a_launched_panel(house: House) -> None:
    answer = house.http.get(house.launch_url(house.mint("documented")), timeout=5)

    assert read_policy(answer)["frame-ancestors"] == house.emulator_url
    assert "X-Frame-Options" not in answer.headers


def test_a_page_that_is_not_launched_is_framed_by_nobody(house: House) -> None:
    answer = house.http.get(f"{house.url}/login/", timeout=5)

    assert read_policy(answer)["frame-ancestors"] == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_refused_launch_is_framed_by_nobody(house: House) -> None:
    answer = house.http.get(f"{house.url}/launch/ticket/forged", timeout=5)

    assert read_policy(answer)["frame-ancestors"] == "'none'"


def test_a_tick_says_the_same_without_django(house: House) -> None:
    look = house.open_panel(house.mint("documented"))
    answer = house.http.get(f"{house.url}/panel/body", headers={"X-LPContext-Panel": look.token}, timeout=5)

    assert read_policy(answer) == {"default-src": "'none'", "frame-ancestors": "'none'"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_a_page_holds_no_inline_script_or_style(house: House) -> None:
    look = house.open_panel(house.mint("hostile"))
    live = house.wait_for(look, "live")

    for html in (look.html, live.html):
        assert " style=" not in html
        assert "<style" not in html
        assert " onclick=" not in html
        assert "<script>" not in html


def test_a_reload_gets_an_empty_panel_with_the_same_frame_rule(house: House) -> None:
    look = house.open_panel(house.mint("documented"))
    path = look.html.split('data-reload="')[1].split('"')[0]

    answer = house.http.get(house.url + path, timeout=5)

    assert answer.status_code == 200
    assert read_policy(answer)["frame-ancestors"] == house.emulator_url
    assert "John Doe" not in answer.text
