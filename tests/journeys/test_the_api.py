"""The API by real HTTP: as servers really send it, with real workers and the emulator behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.support.running_stack import RunningStack
from tests.support.waiting import wait_until


def test_a_ticket_may_be_asked_for_in_pieces_with_a_mark_and_without_a_type(stack: RunningStack) -> None:
    subject = stack.create_visit()
    asked = {"accountId": subject.account, "visitorId": subject.visitor_id, "sessionId": subject.session_id}
    body = f"\ufeff{json.dumps(asked)}".encode()

    def send_in_pieces() -> Iterator[bytes]:
        yield body[:2]
        yield body[2:]

    headers = {"authorization": f"bearer {stack.key}"}
    answer = stack.post(f"{stack.url}/api/v1/tickets", data=send_in_pieces(), headers=headers)

    assert answer.status_code == 201, answer.text
    stack.wait_for(stack.open(answer.json()["url"]), "live")


def test_a_visit_is_read_by_asking_until_it_is_known(stack: RunningStack) -> None:
    subject = stack.create_visit()
    address = f"{stack.url}/api/v1/visits/{subject.account}/{subject.visitor_id}"

    def read() -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {stack.key}"}
        answer = stack.http.get(address, params={"sid": subject.session_id}, headers=headers, timeout=10)
        assert answer.status_code == 200, answer.text
        document: dict[str, Any] = answer.json()
        return document

    wait_until(lambda: read()["state"] == "live")
    known = read()
    assert known["asOf"].endswith("Z")
    assert known["visit"]


def test_a_session_is_made_and_its_panel_opens(stack: RunningStack) -> None:
    account = stack.create_visit_apart().account
    key = stack.run("integration-key", "--account", account, "--name", "sessions").split()[-1]
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "call-4711"}

    first, again = (
        stack.post(f"{stack.url}/api/v1/sessions", json={"accountId": account}, headers=headers) for _ in range(2)
    )

    assert first.status_code == 201, first.text
    assert first.json() == again.json()
    assert {"visitorId", "sessionId"} < first.json().keys()
    assert stack.http.get(first.json()["url"], timeout=10).status_code == 200


def test_an_address_that_is_none_is_a_problem(stack: RunningStack) -> None:
    answer = stack.http.get(f"{stack.url}/api/v2/nothing", timeout=10)

    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
