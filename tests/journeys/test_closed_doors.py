"""Spent, expired, forged and foreign; wrong methods; malformed ids: one clear sentence, nothing leaked."""

from __future__ import annotations

import pytest
import requests

from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import ACCOUNT
from tests.support.waiting import PATIENCE_SECONDS


def test_a_ticket_is_spent_once(stack: RunningStack) -> None:
    url = stack.launch_url(stack.create_visit("documented"))
    stack.open(url)

    again = stack.open(url)

    assert again.status == 410
    assert "has been used" in again.text
    assert "John Doe" not in again.text


def test_a_head_request_does_not_spend_a_ticket(stack: RunningStack) -> None:
    url = stack.launch_url(stack.create_visit("documented"))

    assert stack.http.head(url, timeout=PATIENCE_SECONDS).status_code == 405
    assert stack.open(url).status == 200


@pytest.mark.parametrize("forged", ["x7q", "A" * 300, "%00", "A" * 9000])
def test_a_forged_ticket_is_refused(stack: RunningStack, forged: str) -> None:
    answer = stack.open(f"{stack.url}/launch/ticket/{forged}")

    assert answer.status == 403
    assert forged not in answer.html


@pytest.mark.parametrize("token", ["", "x", "A" * 300, "é" * 10, "A" * 7000])
def test_a_forged_token_is_refused_at_the_tick(stack: RunningStack, token: str) -> None:
    answer = stack.http.get(
        f"{stack.url}/panel/body", headers={"X-LPContext-Panel": token.encode()}, timeout=PATIENCE_SECONDS
    )

    assert answer.status_code == 403
    assert answer.headers["X-LPContext-State"] == "refused"
    assert "X-LPContext-Next" not in answer.headers


def test_a_tick_from_another_site_is_refused(stack: RunningStack) -> None:
    look = stack.open_panel(stack.create_visit("documented"))

    answer = stack.http.get(
        f"{stack.url}/panel/body",
        headers={"X-LPContext-Panel": look.token, "Sec-Fetch-Site": "cross-site"},
        timeout=PATIENCE_SECONDS,
    )

    assert answer.status_code == 403


def test_a_tick_can_only_be_read(stack: RunningStack) -> None:
    assert stack.http.post(f"{stack.url}/panel/body", timeout=PATIENCE_SECONDS).status_code == 405


def ask(stack: RunningStack, **fields: object) -> requests.Response:
    body = {"accountId": ACCOUNT, "visitorId": "QzZDNhYTViMjA1OTJjN2Y5", "sessionId": "ttJpjOmRQ0adbOusBi5UlA"} | fields
    return stack.http.post(
        f"{stack.url}/api/v1/tickets",
        json=body,
        headers={"Authorization": f"Bearer {stack.key}"},
        timeout=PATIENCE_SECONDS,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("visitorId", "x" * 201),
        ("visitorId", "a\u0000b"),
        ("visitorId", "../../admin"),
        ("visitorId", ""),
        ("visitorId", None),
        ("visitorId", 17),
        ("sessionId", "a\nb"),
        ("sessionId", "x" * 201),
        ("accountId", "no/such"),
        ("agent", "Ann"),
        ("origin", "https://evil.example"),
        ("origin", "javascript:alert(1)"),
    ],
)
def test_a_malformed_wish_gets_one_sentence_that_names_the_field(
    stack: RunningStack, field: str, value: object
) -> None:
    answer = ask(stack, **{field: value})

    assert answer.status_code == 400
    error = answer.json()
    assert error["field"] == field
    assert str(value) not in error["error"] or value in ("", None)


def test_a_chat_and_a_visit_in_one_wish_are_refused_for_they_might_not_belong_together(stack: RunningStack) -> None:
    answer = ask(stack, chatId="H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415")

    assert answer.status_code == 400
    assert answer.json()["field"] == "chatId"
    assert "either a chat id" in answer.json()["error"]


def test_an_integration_key_of_nobody_is_refused(stack: RunningStack) -> None:
    answer = stack.http.post(
        f"{stack.url}/api/v1/tickets", json={}, headers={"Authorization": "Bearer lpk_x"}, timeout=PATIENCE_SECONDS
    )

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_an_integration_key_does_not_open_another_account(stack: RunningStack) -> None:
    assert ask(stack, accountId="99999999").status_code == 403


def test_a_body_that_is_no_json_is_refused(stack: RunningStack) -> None:
    answer = stack.http.post(
        f"{stack.url}/api/v1/tickets",
        data=b"\xff{",
        headers={"Authorization": f"Bearer {stack.key}"},
        timeout=PATIENCE_SECONDS,
    )

    assert answer.status_code == 400


def test_an_unknown_address_is_a_plain_404(stack: RunningStack) -> None:
    answer = stack.open(f"{stack.url}/nothing/here")

    assert answer.status == 404
    assert "nothing/here" not in answer.html
