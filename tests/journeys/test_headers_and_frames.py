"""What a browser is sent: a strict policy, who may frame, nothing kept, no cookie, no referrer."""

from __future__ import annotations

import requests

from tests.support.running_stack import RunningStack
from tests.support.waiting import PATIENCE_SECONDS


def read_policy(answer: requests.Response) -> dict[str, str]:
    directives = (each.strip().partition(" ") for each in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in directives}


def test_a_launched_panel_is_strict_and_cookieless(stack: RunningStack) -> None:
    answer = stack.http.get(stack.launch_url(stack.create_visit("documented")), timeout=PATIENCE_SECONDS)
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


def test_a_launched_panel_is_sent_compressed(stack: RunningStack) -> None:
    subject = stack.create_visit("documented")
    stack.wait_for(stack.open_panel(subject), "live")

    answer = stack.http.get(stack.launch_url(subject), timeout=PATIENCE_SECONDS)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) * 2 < len(answer.content)


def test_only_the_accounts_origins_may_frame_a_launched_panel(stack: RunningStack) -> None:
    answer = stack.http.get(stack.launch_url(stack.create_visit("documented")), timeout=PATIENCE_SECONDS)

    assert read_policy(answer)["frame-ancestors"] == stack.emulator_url
    assert "X-Frame-Options" not in answer.headers


def test_a_page_that_is_not_launched_is_framed_by_nobody(stack: RunningStack) -> None:
    answer = stack.http.get(f"{stack.url}/login/", timeout=PATIENCE_SECONDS)

    assert read_policy(answer)["frame-ancestors"] == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_refused_launch_is_framed_by_nobody(stack: RunningStack) -> None:
    answer = stack.http.get(f"{stack.url}/launch/ticket/forged", timeout=PATIENCE_SECONDS)

    assert read_policy(answer)["frame-ancestors"] == "'none'"


def test_a_tick_says_the_same_without_django(stack: RunningStack) -> None:
    look = stack.open_panel(stack.create_visit("documented"))
    answer = stack.http.get(
        f"{stack.url}/panel/body", headers={"X-LPContext-Panel": look.token}, timeout=PATIENCE_SECONDS
    )

    assert read_policy(answer) == {"default-src": "'none'", "frame-ancestors": "'none'"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_a_page_holds_no_inline_script_or_style(stack: RunningStack) -> None:
    look = stack.open_panel(stack.create_visit("hostile"))
    live = stack.wait_for(look, "live")

    for html in (look.html, live.html):
        assert " style=" not in html
        assert "<style" not in html
        assert " onclick=" not in html
        assert "<script>" not in html


def test_a_reload_gets_an_empty_panel_with_the_same_frame_rule(stack: RunningStack) -> None:
    look = stack.open_panel(stack.create_visit("documented"))
    path = look.html.split('data-reload="')[1].split('"')[0]

    answer = stack.http.get(stack.url + path, timeout=PATIENCE_SECONDS)

    assert answer.status_code == 200
    assert read_policy(answer)["frame-ancestors"] == stack.emulator_url
    assert "John Doe" not in answer.text
