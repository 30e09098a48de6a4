"""Validate Engagement and Create Session, asked as documented and read tolerantly (contract 6.1, 6.4)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lpcontext.liveperson import BadRequest, LivePersonClient, LivePersonError
from lpcontext.liveperson.errors import RequestRejected, ServerFailed, UnreadableResponse, WrongAccount
from tests.support.client_harness import ACCOUNT, SESSION, VISITOR, ClientHarness
from tests.support.scripted_server import Reply, ScriptedServer, reply

CREATED = {"status": "NotAvailable", "sessionId": "abc", "visitorId": "xyz", "pageId": "1"}
LOADING = reply(
    500, {"time": 1, "message": f"Loading account: {ACCOUNT}, vid: ZkMTY4N2I4YTQ0ZjMwMTg0", "internalCode": 20}
)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def client(server: ScriptedServer) -> Iterator[LivePersonClient]:
    with ClientHarness(server.base_url) as harness:
        yield harness.client


def validate(client: LivePersonClient, **changed: str) -> None:
    ids = {
        "visitor_id": VISITOR, "session_id": SESSION, "campaign_id": "34", "engagement_id": "35", "context_id": "a/b c",
    }  # fmt: skip
    client.validate_engagement(**(ids | changed))


def test_an_engagement_is_asked_for_signed_and_no_body_is_read(
    server: ScriptedServer, client: LivePersonClient
) -> None:
    server.will("a%2Fb%20c", reply(200, "whatever"))

    validate(client)

    (asked,) = server.asked_for("a%2Fb%20c")
    assert asked.path == (
        f"/api/account/{ACCOUNT}/monitoring/visitors/{VISITOR}/visits/current/campaigns/34/engagements/35/contexts/a%2Fb%20c"
    )
    assert asked.query == f"v=1&sid={SESSION}"
    assert asked.headers["authorization"].startswith("OAuth ")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (reply(404, {"internalCode": 6}), WrongAccount),
        (reply(404), RequestRejected),
        (reply(422), RequestRejected),
        (reply(503), ServerFailed),
        (reply(302), UnreadableResponse),
    ],
)
def test_what_is_not_200_is_said_by_name(
    server: ScriptedServer, client: LivePersonClient, answer: Reply, error: type[LivePersonError]
) -> None:
    server.will("a%2Fb%20c", answer)

    with pytest.raises(error):
        validate(client)


@pytest.mark.parametrize("name", ["visitor_id", "campaign_id", "engagement_id", "context_id"])
def test_ids_that_fit_in_no_address_are_not_asked_for(
    server: ScriptedServer, client: LivePersonClient, name: str
) -> None:
    with pytest.raises(BadRequest):
        validate(client, **{name: ".."})
    assert server.asked == []


def test_a_session_is_created_for_who_has_none(server: ScriptedServer, client: LivePersonClient) -> None:
    server.will("", reply(200, CREATED))

    assert client.app_engagement.create_session() == ("xyz", "abc")

    (asked,) = server.asked_for("")
    assert (asked.method, asked.target) == ("POST", f"/api/account/{ACCOUNT}/app/engagement/visitors/?v=1.0")
    assert asked.document == {"appType": "EXTERNAL"}
    assert "authorization" not in asked.headers


def test_an_account_that_is_loading_names_the_visitor_to_ask_again_with(
    server: ScriptedServer, client: LivePersonClient
) -> None:
    server.will("", LOADING)
    first = client.app_engagement.create_session()
    server.will(first.visitor_id, reply(200, CREATED | {"visitorId": first.visitor_id}))

    again = client.app_engagement.create_session(visitor_id=first.visitor_id)

    assert first == ("ZkMTY4N2I4YTQ0ZjMwMTg0", "")
    assert again == (first.visitor_id, "abc")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (reply(500), ServerFailed),
        (reply(500, {"internalCode": 20, "message": "Loading account"}), ServerFailed),
        (reply(400, {"internalCode": 33, "message": "Illegal Version"}), BadRequest),
        (reply(200, {"status": "Available"}), UnreadableResponse),
        (reply(200, "<html>"), UnreadableResponse),
    ],
)
def test_a_session_that_was_not_created_is_said_by_name(
    server: ScriptedServer, client: LivePersonClient, answer: Reply, error: type[LivePersonError]
) -> None:
    server.will("", answer)

    with pytest.raises(error):
        client.app_engagement.create_session()
