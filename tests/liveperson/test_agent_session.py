"""The agent session: started once for all workers, kept apart from every other, started again when it is forgotten."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from lpcontext.liveperson import LivePersonError, LoginUnderWay, retry_pause
from lpcontext.liveperson.auth.credentials import UserLogin
from lpcontext.liveperson.errors import AgentSessionUnderWay, ServerFailed
from tests.liveperson.agent_sessions import RESPONSE
from tests.liveperson.logins import HOUR, MINUTE, count
from tests.support.chat_responses import CHAT, HOME, agent_session, cookies_of, login, sessions_of, will_serve
from tests.support.client_harness import KEY, USER, ClientHarness
from tests.support.scripted_server import HANG_UP, Reply, ScriptedServer, reply


def test_an_agent_session_is_started_once_and_every_question_is_asked_in_it(server: ScriptedServer) -> None:
    will_serve(server)

    with ClientHarness(server.base_url, USER) as harness:
        assert harness.client.chat_agent.chat(CHAT) == harness.client.chat_agent.chat(CHAT) == RESPONSE

    (started,) = server.asked_for("agentSession")
    assert (started.method, started.target) == ("POST", f"{HOME}?v=1&NC=true")
    assert started.document == {"loginData": ""}
    assert started.headers["authorization"] == "Bearer bearer-1"
    assert "cookie" not in started.headers
    assert sessions_of(server.asked_for(CHAT)) == ["111", "111"]


def test_workers_share_one_agent_session_and_its_cookie(server: ScriptedServer) -> None:
    will_serve(server)

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        harness.colleague(USER).client.chat_agent.chat(CHAT)

    assert count(server, "login") == count(server, "agentSession") == 1
    assert cookies_of(server.asked_for(CHAT)) == ["agentSessionKey=key-of-111"] * 2


def test_cookies_of_login_and_agent_session_do_not_mix(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("refresh", reply(200))
    both = (("Set-Cookie", "Session_id=not-for-chats"), ("Set-Cookie", "agentSessionKey=own; Path=/"))
    link = {"href": f"/{111}", "rel": "location"}
    server.will("agentSession", reply(201, {"agentSessionLocation": {"link": [link]}}, headers=both))

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        harness.clock.pass_time(5 * MINUTE)
        assert harness.client.keep_login() is True

    assert cookies_of(server.asked_for(CHAT)) == ["agentSessionKey=own"]
    assert cookies_of(server.asked_for("refresh")) == ["Session_id=login-cookie"]


def test_a_cookie_set_anew_on_the_way_is_the_one_sent_from_then_on(server: ScriptedServer) -> None:
    will_serve(server)
    server.will(
        CHAT, reply(200, RESPONSE, headers=(("Set-Cookie", "agentSessionKey=newer; Path=/"),)), reply(200, RESPONSE)
    )

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        harness.colleague(USER).client.chat_agent.chat(CHAT)

    assert cookies_of(server.asked_for(CHAT)) == ["agentSessionKey=key-of-111", "agentSessionKey=newer"]


def test_a_cookie_that_comes_late_does_not_bring_a_replaced_session_back(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("agentSession", agent_session("111"), agent_session("222"))

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        colleague = harness.colleague(USER)

        def start_another() -> None:
            harness.store.drop("agent-session")
            colleague.client.chat_agent.available_agents()

        server.will("availableAgents", reply(200, {}))
        late = reply(200, RESPONSE, headers=(("Set-Cookie", "agentSessionKey=late"),))
        server.will(CHAT, replace(late, meanwhile=start_another), reply(200, RESPONSE))
        harness.client.chat_agent.chat(CHAT)
        harness.client.chat_agent.chat(CHAT)

    assert cookies_of(server.asked_for(CHAT))[-1] == "agentSessionKey=key-of-222"


def test_changed_credentials_start_an_agent_session_of_their_own(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("agentSession", agent_session("111"), agent_session("222"))

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        harness.colleague(UserLogin("bot", "second password")).client.chat_agent.chat(CHAT)

    assert cookies_of(server.asked_for(CHAT)) == ["agentSessionKey=key-of-111", "agentSessionKey=key-of-222"]


def test_another_key_starts_an_agent_session_of_its_own(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("agentSession", agent_session("111"), agent_session("222"))

    with ClientHarness(server.base_url, KEY) as harness:
        harness.client.chat_agent.chat(CHAT)
        harness.colleague(replace(KEY, access_token="token-2")).client.chat_agent.chat(CHAT)

    assert sessions_of(server.asked_for(CHAT)) == ["111", "222"]


def test_a_key_signs_and_carries_no_cookie(server: ScriptedServer) -> None:
    will_serve(server)

    with ClientHarness(server.base_url, KEY) as harness:
        harness.client.chat_agent.chat(CHAT)
        harness.client.chat_agent.chat(CHAT)

    assert count(server, "login") == 0
    assert count(server, "agentSession") == 1
    assert all(asked.headers["authorization"].startswith("OAuth ") for asked in server.asked_for(CHAT))
    assert cookies_of(server.asked_for(CHAT)) == ["", ""]


@pytest.mark.parametrize(
    "response",
    [
        reply(200, {"agentSessionLocation": {"link": {"href": "/agentSession/111", "rel": "location"}}}),
        reply(201, {"agentSessionLocation": {"link": [{"@rel": "self"}, {"@href": "x/111", "@rel": "location"}]}}),
        reply(201, b"", headers=(("Location", f"https://elsewhere.example{HOME}/111"),)),
        reply(201, {}, headers=(("Location", f"{HOME}/111?v=1"),)),
    ],
)
def test_the_session_id_is_found_however_it_is_sent(server: ScriptedServer, response: Reply) -> None:
    will_serve(server)
    server.will("agentSession", response)

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)

    assert sessions_of(server.asked_for(CHAT)) == ["111"]


def test_a_bearer_that_has_run_out_costs_one_login_and_one_agent_session(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("agentSession", agent_session("111"), reply(401, {"internalCode": 10}), agent_session("222"))
    server.will(CHAT, reply(200, RESPONSE), reply(401), reply(200, RESPONSE))
    server.will("availability", reply(401))

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        assert harness.client.chat_agent.chat(CHAT) == RESPONSE

    assert count(server, "login") == 2
    assert [asked.headers["authorization"][-1] for asked in server.asked_for("agentSession")] == ["1", "1", "2"]
    assert sessions_of(server.asked_for(CHAT)) == ["111", "111", "222"]


def test_a_login_renewed_for_a_visit_has_its_own_agent_session(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("login", login("bearer-1"), login("bearer-2"))
    server.will("agentSession", agent_session("111"), agent_session("222"))
    server.will("state", reply(401), reply(200, {}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        harness.look()
        harness.client.chat_agent.chat(CHAT)

    assert sessions_of(server.asked_for(CHAT)) == ["111", "222"]
    assert count(server, "availability") == 0


def test_a_session_another_worker_has_started_meanwhile_is_taken(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("agentSession", agent_session("111"), agent_session("222"))
    server.will("availability", reply(404))

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        colleague = harness.colleague(USER)
        started_meanwhile = replace(reply(404), meanwhile=lambda: colleague.client.chat_agent.chat(CHAT))
        server.will(CHAT, started_meanwhile, reply(404), reply(200, RESPONSE))
        assert harness.client.chat_agent.chat(CHAT) == RESPONSE

    assert count(server, "agentSession") == 2


def test_while_one_worker_starts_a_session_the_others_come_back_soon(server: ScriptedServer) -> None:
    will_serve(server)

    with ClientHarness(server.base_url, USER) as harness:
        with harness.store.lock("agent-session-lock", seconds=30), pytest.raises(AgentSessionUnderWay) as raised:
            harness.client.chat_agent.chat(CHAT)
        assert retry_pause(failures=1, error=raised.value) == 0.5
        assert harness.client.chat_agent.chat(CHAT) == RESPONSE

    assert count(server, "agentSession") == 1


def test_many_workers_that_come_at_once_start_one_session(server: ScriptedServer) -> None:
    will_serve(server)
    outcomes: list[object] = []

    with ClientHarness(server.base_url, USER) as harness:
        workers = [harness.colleague(USER) for _ in range(8)]

        def look(worker: ClientHarness) -> None:
            try:
                outcomes.append(worker.client.chat_agent.chat(CHAT) == RESPONSE)
            except LoginUnderWay:  # an agent session under way is one too
                outcomes.append("soon")

        threads = [threading.Thread(target=look, args=(worker,)) for worker in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(outcomes) == len(workers)
    assert True in outcomes
    assert set(outcomes) <= {True, "soon"}
    assert count(server, "agentSession") == count(server, "login") == 1


@pytest.mark.parametrize("response", [reply(500), HANG_UP, reply(403)])
def test_a_start_that_fails_frees_the_lock(server: ScriptedServer, response: Reply) -> None:
    will_serve(server)
    server.will("agentSession", response)

    with ClientHarness(server.base_url, USER) as harness:
        with pytest.raises(LivePersonError):
            harness.client.chat_agent.chat(CHAT)
        with harness.store.lock("agent-session-lock", seconds=1) as got:
            assert got


def test_a_forgotten_session_is_not_tried_again_after_a_start_that_fails(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("agentSession", agent_session("111"), reply(500), agent_session("222"))
    server.will(CHAT, reply(404), reply(200, RESPONSE))
    server.will("availability", reply(404))

    with ClientHarness(server.base_url, USER) as harness:
        with pytest.raises(ServerFailed):
            harness.client.chat_agent.chat(CHAT)
        assert harness.client.chat_agent.chat(CHAT) == RESPONSE

    assert sessions_of(server.asked_for(CHAT)) == ["111", "222"]


def test_a_start_that_fails_is_not_sent_twice(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("agentSession", HANG_UP)

    with ClientHarness(server.base_url, USER) as harness, pytest.raises(LivePersonError):
        harness.client.chat_agent.chat(CHAT)

    assert count(server, "agentSession") == 1


def test_trouble_while_looking_whether_a_session_is_good_is_that_trouble(server: ScriptedServer) -> None:
    will_serve(server)
    server.will(CHAT, reply(404))
    server.will("availability", reply(503))

    with ClientHarness(server.base_url, USER) as harness, pytest.raises(ServerFailed):
        harness.client.chat_agent.chat(CHAT)

    assert count(server, "agentSession") == 1


def test_an_account_that_has_moved_is_found_and_starts_its_session_there(server: ScriptedServer) -> None:
    will_serve(server)
    with ScriptedServer() as new_home:
        will_serve(new_home)
        new_home.will("agentSession", agent_session("222"))
        with ClientHarness(server.base_url, KEY) as harness:
            harness.client.chat_agent.chat(CHAT)
            harness.clock.pass_time(2 * MINUTE)
            server.will("baseURI.json", reply(200, {"baseURI": new_home.host}))
            for segment in (CHAT, "availability", "agentSession"):
                server.will(segment, reply(404, {"internalCode": 6}))
            assert harness.client.chat_agent.chat(CHAT) == RESPONSE
            assert harness.client.chat_agent.chat(CHAT) == RESPONSE

    assert sessions_of(new_home.asked_for(CHAT)) == ["222", "222"]


def test_a_session_of_a_host_the_domain_api_no_longer_names_is_not_used(server: ScriptedServer) -> None:
    will_serve(server)
    with ScriptedServer() as new_home:
        will_serve(new_home)
        with ClientHarness(server.base_url, KEY) as harness:
            harness.client.chat_agent.chat(CHAT)
            harness.clock.pass_time(6 * MINUTE)
            server.will("baseURI.json", reply(200, {"baseURI": new_home.host}))
            harness.client.chat_agent.chat(CHAT)

    assert count(server, CHAT) == count(new_home, CHAT) == count(new_home, "agentSession") == 1


@pytest.mark.parametrize("kept", [b"", b"[]", b"{}", b"not json", b'{"session_id": "1", "from": "another version"}'])
def test_a_session_kept_by_another_version_of_us_is_passed_over(server: ScriptedServer, kept: bytes) -> None:
    will_serve(server)

    with ClientHarness(server.base_url, USER) as harness:
        harness.store.put("agent-session", kept, seconds=HOUR)
        harness.store.put("agent-session-refusal", kept, seconds=HOUR)
        assert harness.client.chat_agent.chat(CHAT) == RESPONSE


def test_names_on_the_store_tell_nothing_of_a_chat(server: ScriptedServer) -> None:
    will_serve(server)

    with ClientHarness(server.base_url, USER) as harness:
        harness.client.chat_agent.chat(CHAT)
        assert harness.store.names() == {"domain:agentVep", "login", "agent-session"}
