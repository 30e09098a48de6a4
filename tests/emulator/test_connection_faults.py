"""Answers that come late, in pieces, or not at all: to the bytes, and over as soon as the stand-in stops."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from contextlib import closing
from time import monotonic
from typing import Any

import pytest
import requests

from lpcontext.emulator import Emulator
from tests.emulator.caller import Caller

DRIPS = ("drip-headers", "drip-body", "gzip-of-nothing")
FOR_EVER = 3600


@pytest.fixture
def ids(emulator: Emulator) -> tuple[str, str]:
    return emulator.mint_visit(frozen=True)


@pytest.fixture
def line(emulator: Emulator) -> Iterator[socket.socket]:
    host, _, port = emulator.base_url.removeprefix("http://").partition(":")
    with closing(socket.create_connection((host, int(port)), timeout=5)) as connected:
        yield connected


def ask_for(line: socket.socket, ids: tuple[str, str]) -> None:
    """Unsigned: even a refusal drips."""
    path = f"/api/account/71820394/monitoring/visitors/{ids[0]}/visits/current/state?v=1&sid={ids[1]}"
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: stand-in\r\n\r\n".encode())


def read_upto(line: socket.socket, end: bytes) -> bytes:
    read = b""
    while not read.endswith(end):
        byte = line.recv(1)
        assert byte, read
        read += byte
    return read


def test_a_reset_is_no_answer(emulator: Emulator, line: socket.socket, ids: tuple[str, str]) -> None:
    emulator.add_fault("reset")
    ask_for(line, ids)

    with pytest.raises(ConnectionResetError):
        line.recv(1)


def test_only_the_connection_that_asked_is_reset(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("reset", visitor=ids[0])

    with pytest.raises(requests.exceptions.ConnectionError):
        caller.visit(ids)
    assert caller.visit(emulator.mint_visit()).status_code == 200


@pytest.mark.parametrize("name", ["drip-headers", "drip-body"])
def test_what_dripped_is_right_and_took_its_time(
    caller: Caller, emulator: Emulator, ids: tuple[str, str], name: str
) -> None:
    honest = caller.visit(ids).content
    emulator.add_fault(name, seconds=0.01, total=0.3)
    began = monotonic()
    answer = caller.visit(ids)

    assert monotonic() - began >= 0.3
    assert (answer.status_code, answer.content) == (200, honest)


def test_a_short_drip_ends_with_its_last_byte(caller: Caller, emulator: Emulator, ids: tuple[str, str]) -> None:
    emulator.add_fault("not-found")
    emulator.add_fault("drip-body", seconds=0.001)
    emulator.add_fault("drip-headers", seconds=0.001, service="agentVep")

    assert caller.code(ids) == (404, 12)
    assert caller.log_in().json()["bearer"]


def test_a_dripping_head_comes_byte_by_byte(emulator: Emulator, line: socket.socket, ids: tuple[str, str]) -> None:
    emulator.add_fault("drip-headers", seconds=FOR_EVER)
    ask_for(line, ids)

    assert line.recv(1000) == b"H"


def test_a_dripping_body_comes_after_its_head(emulator: Emulator, line: socket.socket, ids: tuple[str, str]) -> None:
    emulator.add_fault("drip-body", seconds=0.001)
    ask_for(line, ids)
    head = read_upto(line, b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 401 ")
    assert read_upto(line, b"}").startswith(b"{")


def test_a_gzip_of_nothing_is_many_bytes_and_none(
    caller: Caller, emulator: Emulator, line: socket.socket, ids: tuple[str, str]
) -> None:
    emulator.add_fault("gzip-of-nothing", seconds=0.001, total=0.2)
    answer = caller.visit(ids)
    ask_for(line, ids)
    head, stream = read_upto(line, b"\r\n\r\n"), read_upto(line, b"\r\n0\r\n\r\n")

    assert (answer.status_code, answer.content) == (200, b"")
    assert b"Content-Encoding: gzip\r\n" in head
    pieces = stream.split(b"\r\n")[1::2]
    assert len(pieces) > 2
    assert gzip.decompress(b"".join(pieces[:-1])) == b""


@pytest.mark.parametrize("name", [*DRIPS, "slow", "timeout"])
def test_a_stop_ends_what_is_under_way(
    emulator: Emulator, line: socket.socket, ids: tuple[str, str], name: str
) -> None:
    emulator.add_fault(name, seconds=0.001 if name == "gzip-of-nothing" else FOR_EVER)
    ask_for(line, ids)
    if name in DRIPS:
        assert line.recv(1)
    emulator.stop()

    assert ends(line)


def ends(line: socket.socket) -> bool:
    """Whether the other side goes once everything is read."""
    try:
        while line.recv(65_536):
            pass
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True
    return True


@pytest.mark.parametrize("fault", [{"name": "slow"}, {"name": "drip-body"}, {"name": "gzip-of-nothing"}])
def test_a_slow_answer_keeps_nobody_else_waiting(
    caller: Caller, emulator: Emulator, line: socket.socket, ids: tuple[str, str], fault: dict[str, Any]
) -> None:
    emulator.add_fault(**fault, visitor=ids[0], seconds=FOR_EVER)
    ask_for(line, ids)

    assert caller.visit(emulator.mint_visit()).status_code == 200
    assert caller.log_in().status_code == 200


@pytest.mark.parametrize(("kind", "spared"), [("login", "refresh"), ("logout", "login")])
def test_a_slow_answer_may_strike_one_kind_of_call(caller: Caller, kind: str, spared: str) -> None:
    body = {"csrf": caller.log_in().json()["csrf"]}
    credentials = {"username": caller.account.username, "password": caller.account.password}
    caller.control("POST", "faults", name="slow", kinds=[kind], seconds=FOR_EVER)
    home = f"{caller.base_url}/api/account/{caller.account.account_id}"

    with pytest.raises(requests.exceptions.ReadTimeout):
        caller.http.post(f"{home}/{kind}?v=1.3", json=body, timeout=0.2)
    document = credentials if spared == "login" else body
    assert caller.http.post(f"{home}/{spared}?v=1.3", json=document, timeout=5).status_code == 200
