"""A session for who has none: made by LivePerson once, with a ticket for it (contract 6.1)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import ACCOUNT, Ask, assert_problem
from tests.support.scripted_server import HANG_UP, ScriptedServer, reply

VISITOR = "ZkMTY4N2I4YTQ0ZjMwMTg0"
CREATED = {"status": "NotAvailable", "sessionId": "ttJpjOmRQ0adbOusBi5UlA", "visitorId": VISITOR, "pageId": "1"}
LOADING = reply(500, {"time": 1, "message": f"Loading account: {ACCOUNT}, vid: {VISITOR}", "internalCode": 20})
BODY = {"accountId": ACCOUNT, "agent": {"name": "Ann"}}


@pytest.fixture
def liveperson(settings: Any) -> Any:
    with ScriptedServer() as server:
        settings.DOMAIN_API_URL = server.base_url
        settings.PUBLIC_URL = "https://panel.example"
        server.will("", reply(200, CREATED))
        yield server


def test_a_session_comes_with_the_address_of_its_panel(ask: Ask, liveperson: ScriptedServer, client: Any) -> None:
    answer = ask("POST", "sessions", BODY)

    document = answer.json()
    assert answer.status_code == 201
    assert (document["visitorId"], document["sessionId"]) == (VISITOR, CREATED["sessionId"])
    assert client.get(document["url"].removeprefix("https://panel.example")).status_code == 200


def test_an_account_that_is_loading_names_the_visitor_to_send_again(ask: Ask, liveperson: ScriptedServer) -> None:
    liveperson.will("", LOADING)
    liveperson.will(VISITOR, reply(200, CREATED))

    first = ask("POST", "sessions", BODY)
    again = ask("POST", "sessions", BODY | {"visitorId": first.json()["visitorId"]})

    assert_problem(first, 503)
    assert first["Retry-After"] == "5"
    assert again.status_code == 201
    assert len(liveperson.asked_for(VISITOR)) == 1


@pytest.mark.parametrize(("given", "status"), [(HANG_UP, 503), (reply(503), 503), (reply(429), 503), (reply(400), 502)])
def test_what_liveperson_does_not_do_is_said_so(ask: Ask, liveperson: ScriptedServer, given: Any, status: int) -> None:
    liveperson.will("", given)

    assert_problem(ask("POST", "sessions", BODY), status)


def test_the_same_request_sent_twice_makes_one_session(ask: Ask, liveperson: ScriptedServer) -> None:
    keyed = {"Idempotency-Key": "call-4711"}

    first, again = ask("POST", "sessions", BODY, **keyed), ask("POST", "sessions", BODY, **keyed)

    assert first.json() == again.json()
    assert len(liveperson.asked_for("")) == 1


def test_what_failed_may_be_sent_again_with_the_same_key(ask: Ask, liveperson: ScriptedServer) -> None:
    liveperson.will("", reply(503), reply(200, CREATED))
    keyed = {"Idempotency-Key": "call-4711"}

    assert_problem(ask("POST", "sessions", BODY, **keyed), 503)
    assert ask("POST", "sessions", BODY, **keyed).status_code == 201


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"accountId": "x y"}, "accountId"), ({"visitorId": "<b>"}, "visitorId"), ({"chatId": "H1"}, "chatId")],
)
def test_a_wrong_id_is_named_and_liveperson_is_not_asked(
    ask: Ask, liveperson: ScriptedServer, changed: dict[str, str], field: str
) -> None:
    assert_problem(ask("POST", "sessions", BODY | changed), 400, field=field)
    assert liveperson.asked == []
