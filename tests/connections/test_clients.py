"""The clients of this process: kept while their credentials are, and none waits for another's log-out."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.db import OperationalError, connection

from lpcontext.accounts.registry import add_account, remove_account
from lpcontext.connections import NoClient, find_client
from lpcontext.liveperson import LivePersonClient
from lpcontext.liveperson.errors import TimedOut
from lpcontext.refresh.kinds.visit import VISIT
from lpcontext.sealing import get_sealer
from tests.support.chat_responses import login
from tests.support.client_harness import SESSION, VISITOR
from tests.support.scripted_server import Reply, ScriptedServer, reply
from tests.support.waiting import PATIENCE_SECONDS, wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]


@pytest.fixture
def liveperson(settings: Any) -> Any:
    with ScriptedServer() as server:
        settings.DOMAIN_API_URL = server.base_url
        settings.READ_SECONDS = 2 * PATIENCE_SECONDS
        server.will("login", login())
        server.will("logout", reply(200))
        server.will("state", reply(200, {"id": "x"}))
        yield server


def give_credentials(account_id: str, password: str) -> None:
    document = {"kind": "login", "username": "bot", "password": password}
    add_account(account_id=account_id, document=document, sealer=get_sealer())


def look(client: LivePersonClient) -> object:
    return client.visit_state(visitor_id=VISITOR, session_id=SESSION)


def test_a_slow_log_out_makes_nobody_wait(liveperson: ScriptedServer) -> None:
    give_credentials("5001", "first password")
    give_credentials("5002", "other password")
    old, other = find_client("5001"), find_client("5002")
    assert look(old) == {"id": "x"}
    may_end = threading.Event()
    liveperson.will("logout", replace(reply(200), meanwhile=may_end.wait))

    give_credentials("5001", "second password")
    wait_until(lambda: find_client("5001") is not old)
    new = find_client("5001")
    wait_until(lambda: len(liveperson.asked_for("logout")) == 1)
    assert find_client("5002") is other
    assert look(new) == {"id": "x"}
    assert look(find_client("5002")) == {"id": "x"}
    assert not liveperson.was_left.is_set()
    may_end.set()

    passwords = [asked.document["password"] for asked in liveperson.asked_for("login")]
    assert passwords == ["first password", "second password", "other password"]


def test_a_client_stays_the_same_object_until_its_credentials_change(liveperson: ScriptedServer) -> None:
    give_credentials("5003", "first password")
    first = find_client("5003")
    until = time.monotonic() + 2
    while time.monotonic() < until:
        assert find_client("5003") is first
        time.sleep(0.05)

    give_credentials("5003", "second password")
    changed = time.monotonic()
    wait_until(lambda: find_client("5003") is not first)
    assert time.monotonic() - changed < PATIENCE_SECONDS
    assert find_client("5003") is find_client("5003")


def test_an_account_that_goes_has_no_client_and_is_logged_out(liveperson: ScriptedServer) -> None:
    give_credentials("5004", "first password")
    look(find_client("5004"))

    remove_account("5004")

    def is_gone() -> bool:
        try:
            find_client("5004")
        except NoClient as error:
            return error.trouble is None
        return False

    wait_until(is_gone)
    wait_until(lambda: len(liveperson.asked_for("logout")) == 1)


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_for_it_first_share_one_client(liveperson: ScriptedServer) -> None:
    give_credentials("5005", "first password")
    together = threading.Barrier(8)
    found: list[LivePersonClient] = []

    def find() -> None:
        together.wait()
        try:
            found.append(find_client("5005"))
        finally:
            connection.close()

    threads = [threading.Thread(target=find) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert {id(client) for client in found} == {id(find_client("5005"))}
    assert look(found[0]) == {"id": "x"}


def test_read_seconds_limit_a_whole_call(liveperson: ScriptedServer, settings: Any) -> None:
    settings.READ_SECONDS = 0.5
    give_credentials("5006", "first password")
    drip = Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n", dripping=b" ")
    liveperson.will("state", drip)

    with pytest.raises(TimedOut):
        look(find_client("5006"))


def test_no_call_of_a_large_account_waits_for_another_to_end(liveperson: ScriptedServer) -> None:
    """Three shifts' calls at once over one client, answered when all have come: a call that waits for a line would be
    late by LivePerson's own slowness."""
    give_credentials("5009", "first password")
    client = find_client("5009")
    look(client)
    together = threading.Barrier(3 * VISIT.calls_at_once)
    liveperson.will("state", replace(reply(200, {"id": "x"}), meanwhile=lambda: together.wait(PATIENCE_SECONDS)))

    with ThreadPoolExecutor(together.parties) as pool:
        answers = list(pool.map(lambda _: look(client), range(together.parties)))

    assert answers == [{"id": "x"}] * together.parties


def test_a_database_that_is_away_for_a_while_takes_no_client_away(liveperson: ScriptedServer) -> None:
    give_credentials("5007", "first password")
    first, refused = find_client("5007"), list[str]()

    def refuse(execute: object, sql: str, *rest: object) -> object:
        refused.append(sql)
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(refuse):
        wait_until(lambda: find_client("5007") is first and bool(refused))
        assert find_client("5007") is first
        with pytest.raises(OperationalError):
            find_client("5008")

    wait_until(lambda: find_client("5007") is first)
