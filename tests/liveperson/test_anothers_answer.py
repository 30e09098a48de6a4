"""A log-in or an agent session that is another account's or user's: refused, kept by nobody, shared with nobody."""

from __future__ import annotations

from typing import Any

import pytest

from lpcontext.liveperson import Reason, UnreadableResponse
from tests.support.chat_responses import CHAT, COOKIE, will_serve
from tests.support.client_harness import ACCOUNT, OAUTH2, USER, ClientHarness
from tests.support.scripted_server import Reply, ScriptedServer, reply


def login(**fields: Any) -> Reply:
    return reply(200, {"bearer": "bearer-1", "csrf": "csrf", "sessionTTl": "28800000", **fields}, headers=(COOKIE,))


def domains(*accounts: object) -> dict[str, Any]:
    entries = [{"account": account, "baseURI": "va.example", "service": "swift"} for account in accounts]
    return {"csdsCollectionResponse": {"baseURIs": entries}}


def session_at(href: str) -> Reply:
    return reply(201, {"agentSessionLocation": {"link": {"@href": href, "@rel": "location"}}})


OTHERS_LOGINS = [{"config": {"loginName": "somebody-else"}}, domains("87654321"), domains("87654321", "99")]
OWN_LOGINS = [
    {},
    {"config": None},
    {"config": {"loginName": None}},
    {"config": {"loginName": ""}},
    {"config": {"loginName": " Bot "}},
    {"csdsCollectionResponse": None},
    {"csdsCollectionResponse": {"baseURIs": ["odd", {"account": None}]}},
    domains(),
    domains(ACCOUNT),
    domains(int(ACCOUNT)),
    domains("87654321", ACCOUNT),
]


@pytest.mark.parametrize("credentials", [USER, OAUTH2])
@pytest.mark.parametrize("fields", OTHERS_LOGINS)
def test_anothers_login_is_refused_and_not_kept(
    server: ScriptedServer, fields: dict[str, Any], credentials: Any
) -> None:
    server.will("login", login(**fields), login(bearer="bearer-2", config={"loginName": "bot"}))
    server.will("state", reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, credentials) as harness:
        with pytest.raises(UnreadableResponse) as refusal:
            harness.look()
        before = [asked.headers.get("authorization") for asked in server.asked_for("state")]
        assert harness.colleague(credentials).look() == {"id": "x"}

    assert (refusal.value.reason, refusal.value.operation) == (Reason.ANOTHERS, "login")
    assert "somebody-else" not in str(refusal.value)
    assert before == []
    assert [asked.headers["authorization"] for asked in server.asked_for("state")] == ["Bearer bearer-2"]


@pytest.mark.parametrize("fields", OWN_LOGINS)
def test_a_login_that_names_nobody_or_us_is_ours(server: ScriptedServer, fields: dict[str, Any]) -> None:
    server.will("login", login(**fields))
    server.will("state", reply(200, {"id": "x"}))

    with ClientHarness(server.base_url, USER) as harness:
        assert harness.look() == {"id": "x"}


@pytest.mark.parametrize("path", ["/api/account/87654321/agentSession/111", "/api/account//agentSession/111"])
def test_anothers_agent_session_is_refused_and_not_kept(server: ScriptedServer, path: str) -> None:
    will_serve(server)
    ours = session_at(f"https://va.example/api/account/{ACCOUNT}/agentSession/222")
    server.will("agentSession", session_at(f"https://va.example{path}"), ours)

    with ClientHarness(server.base_url, USER) as harness:
        with pytest.raises(UnreadableResponse) as refusal:
            harness.client.chat_agent.chat(CHAT)
        before = len(server.asked_for(CHAT))
        harness.colleague(USER).client.chat_agent.chat(CHAT)

    assert (refusal.value.reason, refusal.value.operation) == (Reason.ANOTHERS, "agent session")
    assert before == 0
    assert [asked.path.split("/")[5] for asked in server.asked_for(CHAT)] == ["222"]


def test_the_header_of_an_older_edition_is_looked_at_too(server: ScriptedServer) -> None:
    will_serve(server)
    location = ("Location", "https://va.example/api/account/87654321/agentSession/111")
    server.will("agentSession", reply(201, headers=(location,)))

    with ClientHarness(server.base_url, USER) as harness, pytest.raises(UnreadableResponse) as refusal:
        harness.client.chat_agent.chat(CHAT)

    assert refusal.value.reason == Reason.ANOTHERS
