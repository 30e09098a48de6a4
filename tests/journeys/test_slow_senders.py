"""Whoever sends slowly, too much or in pieces holds nobody up: ticks and probes are answered meanwhile."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.support.partial_requests import HALF_HEAD, half_form, head, read_answer, sending
from tests.support.running_stack import RunningStack, run_stack
from tests.support.stack_processes import processes_of
from tests.support.stack_subjects import ACCOUNT
from tests.support.waiting import PATIENCE_SECONDS, wait_until

# It begins more of its four threads when they are needed, and keeps them for a while.
SERVER_THREADS = 4


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """Of this file's own: a slow sender's connection outlives its answer."""
    with run_stack(tmp_path_factory.mktemp("slow")) as running:
        yield running


@pytest.fixture(scope="module")
def cookies(own_stack: RunningStack) -> str:
    """What the sign-in page gives to everybody: with them a form's body is read before anything else."""
    given = requests.get(f"{own_stack.url}/login/", timeout=PATIENCE_SECONDS).cookies.get_dict()
    return "; ".join(f"{name}={value}" for name, value in given.items())


def measure(stack: RunningStack, token: str, *, rounds: int = 150) -> list[float]:
    """Milliseconds of each tick and each probe, all of them answered; the shortest first."""
    took = []
    for number in range(rounds * 2):
        began = time.perf_counter()
        if number % 2:
            assert stack.tick(token).status in (200, 204)
        else:
            assert stack.http.get(f"{stack.url}/livez", timeout=PATIENCE_SECONDS).status_code == 200
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)


def test_two_hundred_slow_senders_hold_up_no_tick_and_no_probe(own_stack: RunningStack, cookies: str) -> None:
    look = own_stack.wait_for(own_stack.open_panel(own_stack.create_visit("documented")), "live")
    alone = measure(own_stack, look.token)

    with sending(own_stack.url, [half_form(cookies), HALF_HEAD] * 100):
        beside = measure(own_stack, look.token)

    for name, took in (("alone", alone), ("beside 200", beside)):
        print(f"tick or probe {name}: p99 {took[-len(took) // 100]:.1f} ms, longest {took[-1]:.1f} ms")
    # A thread that hangs hangs for seconds: what may be seen here is the work of refusing a hundred at once.
    assert sum(beside) < 30 * sum(alone)


def test_a_form_that_does_not_arrive_is_given_up_and_the_surplus_at_once(own_stack: RunningStack, cookies: str) -> None:
    with sending(own_stack.url, [half_form(cookies)] * 40) as connections:
        answers = [read_answer(each) for each in connections]

    statuses = Counter(answer.status for answer in answers)
    # The surplus gets 503 where that costs no wait, else its connection just ends.
    assert statuses[408] == 2
    assert statuses[503] + statuses[0] == 38
    assert {answer.headers["retry-after"] for answer in answers if answer.status == 503} <= {"2"}


def test_of_those_given_up_no_thread_and_no_connection_stays(own_stack: RunningStack, cookies: str) -> None:
    before = count_threads(own_stack)
    with sending(own_stack.url, [half_form(cookies)] * 60) as connections:
        ended = [read_answer(each).status for each in connections]  # each says its word and is closed
        wait_until(lambda: count_threads(own_stack) <= before + SERVER_THREADS, seconds=20)

    assert len(ended) == 60


def count_threads(stack: RunningStack) -> int:
    texts = [Path(f"/proc/{pid}/status").read_text() for pid in processes_of(stack).find_all("The web server")]
    return sum(int(number) for text in texts for number in re.findall(r"^Threads:\s+(\d+)", text, re.M))


def test_a_form_that_arrives_is_served_while_others_do_not(own_stack: RunningStack, cookies: str) -> None:
    with sending(own_stack.url, [half_form(cookies)] * 40):
        # By Django, for want of a csrf token. On a machine that is busy it may be asked once to come again.
        wait_until(lambda: post(own_stack, "/login/", b"username=a&password=b").status_code == 403)


def test_half_a_request_at_the_api_is_refused_as_json(own_stack: RunningStack) -> None:
    text = head("POST", "/api/v1/tickets", "Content-Type: application/json", "Transfer-Encoding: chunked")
    with sending(own_stack.url, [text + b'5\r\n{"a"']) as [connection]:
        answer = read_answer(connection)

    assert (answer.status, answer.headers["content-type"]) == (408, "application/problem+json")
    assert "did not arrive in time" in json.loads(answer.body)["error"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_body_nobody_asks_for_is_not_waited_for(own_stack: RunningStack, method: str) -> None:
    text = head(method, "/login/", "Content-Length: 500", "Content-Type: application/x-www-form-urlencoded") + b"a"
    with sending(own_stack.url, [text] * 8) as connections:
        statuses = {read_status(each.recv(64)) for each in connections}

    assert statuses == {200}


def read_status(line: bytes) -> int:
    return int(line.split()[1])


def test_slow_readers_hold_up_no_probe(own_stack: RunningStack) -> None:
    text = head("GET", "/static/admin/js/vendor/jquery/jquery.js")
    # More than the system takes in for a connection; the server must wait for the reader with none of its threads.
    with sending(own_stack.url, [text * 40] * 8, receive_buffer=2048):
        time.sleep(0.5)
        answer = own_stack.http.get(f"{own_stack.url}/livez", timeout=PATIENCE_SECONDS)

    assert answer.text == "ok\n"


@pytest.mark.parametrize("size", [70_000, 3_000_000])
def test_a_request_that_is_too_long_is_refused_as_json(own_stack: RunningStack, size: int) -> None:
    body = json.dumps({"accountId": ACCOUNT, "visitorId": "x" * size})

    answer = post(own_stack, "/api/v1/tickets", body.encode())

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.json()["detail"], answer.json()["error"]) == ("The request is larger than 64 KB.",) * 2
    assert "Traceback" not in own_stack.log()


def test_a_wish_in_pieces_is_read_and_bounded_all_the_same(own_stack: RunningStack) -> None:
    subject = own_stack.create_visit("documented")
    ticket = {"accountId": ACCOUNT, "visitorId": subject.visitor_id, "sessionId": subject.session_id}

    good = post(own_stack, "/api/v1/tickets", iter([json.dumps(ticket)[:9].encode(), json.dumps(ticket)[9:].encode()]))
    endless = post(own_stack, "/api/v1/tickets", iter([b"x" * 50_000] * 3))

    assert good.status_code == 201
    assert endless.status_code == 413


def test_a_form_that_is_too_long_is_refused_before_it_is_looked_at(own_stack: RunningStack) -> None:
    answer = post(own_stack, "/login/", b"username=" + b"a" * 20_000)

    assert answer.status_code == 413
    assert answer.text == "The request is larger than 16 KB.\n"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def post(stack: RunningStack, path: str, body: bytes | Iterator[bytes]) -> requests.Response:
    headers = {"Authorization": f"Bearer {stack.key}"}
    return stack.http.post(stack.url + path, data=body, headers=headers, timeout=PATIENCE_SECONDS)
