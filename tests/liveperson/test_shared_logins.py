"""Workers that come at once, or remember a bearer: one log-in for all of them."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import replace

import pytest

from lpcontext.liveperson import LivePersonError, LoginUnderWay, Reason
from tests.liveperson.logins import HOUR, count, login
from tests.support.client_harness import USER, ClientHarness
from tests.support.dict_store import CountingStore
from tests.support.manual_clock import ManualClock
from tests.support.scripted_server import ScriptedServer, reply


def test_only_one_worker_logs_in_and_the_others_are_asked_to_wait(server: ScriptedServer) -> None:
    seen: list[LivePersonError] = []
    server.will("state", reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, USER) as harness:

        def look_too() -> None:
            with pytest.raises(LoginUnderWay) as raised:
                harness.colleague(USER).look()
            seen.append(raised.value)

        server.will("login", replace(login(), meanwhile=look_too))
        assert harness.look() == {"id": "x"}

    assert [error.reason for error in seen] == [Reason.LOGIN_UNDER_WAY]
    assert count(server, "login") == 1


def test_many_threads_of_one_client_make_one_login(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {"id": "x"}))
    answers: list[object] = []

    with ClientHarness(server.base_url, USER) as harness:

        def look() -> None:
            try:
                answers.append(harness.look())
            except LoginUnderWay as error:
                answers.append(error.reason)

        threads = [threading.Thread(target=look) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(answers) == 12
    assert {"id": "x"} in answers
    assert all(answer in ({"id": "x"}, Reason.LOGIN_UNDER_WAY) for answer in answers)
    assert count(server, "login") == 1


def test_a_lock_left_behind_by_a_worker_that_died_is_given_up(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, USER) as harness, harness.store.lock("login-lock", seconds=30):
        with pytest.raises(LoginUnderWay):
            harness.look()
        harness.clock.pass_time(31)
        assert harness.look() == {"id": "x"}


def test_a_worker_slower_than_its_lock_leaves_the_next_ones_lock_alone(server: ScriptedServer) -> None:
    server.will("state", reply(200, {}))
    with ClientHarness(server.base_url, USER) as harness, ExitStack() as later:

        def lapse_and_be_taken() -> None:
            harness.clock.pass_time(HOUR)
            assert later.enter_context(harness.store.lock("login-lock", seconds=60))

        server.will("login", replace(login(), meanwhile=lapse_and_be_taken))
        harness.look()
        with harness.store.lock("login-lock", seconds=60) as third:
            assert not third


def test_a_bearer_is_shown_without_a_look_at_the_store_each_time(server: ScriptedServer) -> None:
    server.will("login", login())
    server.will("state", reply(200, {}))
    clock = ManualClock()
    store = CountingStore(clock)

    with ClientHarness(server.base_url, USER, clock=clock, store=store) as harness:
        harness.look()
        harness.look()
        store.read.clear()
        for _ in range(20):
            harness.look()
        assert store.read["login"] == 0
        clock.pass_time(2)
        harness.look()
        assert store.read["login"] == 1
        clock.pass_time(-HOUR)
        harness.look()
        assert store.read["login"] == 2


def test_a_bearer_remembered_here_and_replaced_elsewhere_costs_one_refusal_and_no_login(
    server: ScriptedServer,
) -> None:
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("state", reply(200, {}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        harness.look()
        colleague = harness.colleague(USER)
        server.will("state", reply(401), reply(200, {}), reply(401), reply(200, {"id": "x"}))
        colleague.look()
        assert harness.look() == {"id": "x"}
        harness.look()

    shown = [look.headers["authorization"] for look in server.asked_for("state")]
    assert shown[-3:] == ["Bearer bearer-1", "Bearer bearer-2", "Bearer bearer-2"]
    assert count(server, "login") == 2
