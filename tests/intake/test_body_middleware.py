"""The middleware in front of Django, in this process: what it hands on, and what it refuses."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from lpcontext.intake import BodyMiddleware


class Behind:
    """Takes down what it is given, and answers in pieces."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.is_closed = False

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.bodies.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        start("200 OK", [])
        return self

    def __iter__(self) -> Any:
        return iter([b"one ", b"two"])

    def close(self) -> None:
        self.is_closed = True


def ask(behind: Behind, method: str, path: str, body: bytes, **headers: str) -> tuple[str, Iterable[bytes]]:
    statuses: list[str] = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": io.BytesIO(body), **headers}
    answer = BodyMiddleware.of_four_threads(behind)(environ, lambda status, headers: statuses.append(status))
    return statuses[0], answer


def test_a_body_is_handed_on_whole_and_so_is_the_answer() -> None:
    behind = Behind()

    status, answer = ask(behind, "POST", "/", b"a=b", CONTENT_LENGTH="3")

    assert (status, answer) == ("200 OK", [b"one two"])
    assert behind.bodies == [b"a=b"]
    assert behind.is_closed


def test_a_body_without_a_length_gets_one() -> None:
    behind = Behind()

    ask(behind, "POST", "/", b"a=b", HTTP_TRANSFER_ENCODING="chunked")

    assert behind.bodies == [b"a=b"]


def test_a_body_cut_short_is_not_handed_on() -> None:
    behind = Behind()

    status, _ = ask(behind, "POST", "/", b"a=b", CONTENT_LENGTH="30")

    assert status == "400 Bad Request"
    assert behind.bodies == []


def test_a_body_of_a_get_is_nobodys() -> None:
    behind = Behind()

    ask(behind, "GET", "/", b"a=b", CONTENT_LENGTH="3")

    assert behind.bodies == [b""]


def test_operators_may_send_more_than_agents() -> None:
    body = b"a" * 20_000
    admin = ask(Behind(), "POST", "/admin/accounts/account/", body, CONTENT_LENGTH="20000")
    agent = ask(Behind(), "POST", "/", body, CONTENT_LENGTH="20000")

    assert [admin[0], agent[0]] == ["200 OK", "413 Request Entity Too Large"]


def test_what_crms_sign_may_be_long_and_not_longer() -> None:
    behind = Behind()
    signed = ask(behind, "POST", "/launch/canvas/abcdefabcdef", b"a" * 65_536, CONTENT_LENGTH="65536")
    longer = ask(behind, "POST", "/launch/canvas/abcdefabcdef", b"a" * 65_537, CONTENT_LENGTH="65537")

    assert [signed[0], longer[0]] == ["200 OK", "413 Request Entity Too Large"]
    assert len(behind.bodies) == 1


def test_passwords_are_checked_for_three_at_once_and_a_thread_is_left() -> None:
    arrived, may_go = threading.Semaphore(0), threading.Event()

    def checking(environ: dict[str, Any], start: Any) -> list[bytes]:
        arrived.release()
        assert may_go.wait(30)
        start("200 OK", [])
        return [b""]

    middleware = BodyMiddleware.of_four_threads(checking)

    def sign_in(path: str) -> str:
        statuses: list[str] = []
        middleware({"REQUEST_METHOD": "POST", "PATH_INFO": path}, lambda status, headers: statuses.append(status))
        return statuses[0]

    with ThreadPoolExecutor(3) as threads:
        first = [threads.submit(sign_in, path) for path in ("/login/", "/admin/login/", "/login/")]
        assert all(arrived.acquire(timeout=30) for _ in first)
        fourth = sign_in("/login/")
        may_go.set()

    assert fourth == "503 Service Unavailable"
    assert {each.result() for each in first} == {"200 OK"}
    assert sign_in("/login/") == "200 OK"
