"""Whatever goes wrong below /api/ is a problem in JSON: Django's own answers, checks in front, and bugs of ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lpcontext.accounts.models import Account, IntegrationKey
from tests.api.conftest import ACCOUNT, TICKET, VISIT, Ask, assert_problem

DOORS = [
    ("POST", "tickets"),
    ("POST", "sessions"),
    ("GET", f"visits/{ACCOUNT}/{VISIT.visitor_id}?sid={VISIT.session_id}"),
    ("GET", f"chats/{ACCOUNT}/H7152398-4c1dK4"),
]


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer lpk_made-up", "Basic abc", "Bearer " + "x" * 5000])
def test_without_a_key_nobody_gets_in(ask: Ask, method: str, path: str, header: str) -> None:
    answer = ask(method, path, {}, Authorization=header)

    assert_problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_another_method_is_named(ask: Ask, method: str, path: str) -> None:
    answer = ask("DELETE", path)

    assert_problem(answer, 405)
    assert answer["Allow"] == method


@pytest.mark.parametrize("path", ["", "nothing", "tickets/", "visits/", f"visits/{ACCOUNT}/", "../v1/x"])
def test_an_unknown_address_is_a_problem_too(ask: Ask, path: str) -> None:
    assert_problem(ask("GET", path), 404)


def test_a_bug_of_ours_says_nothing_of_its_cause_and_names_its_request(ask: Ask, client: Client) -> None:
    client.raise_request_exception = False

    def break_down(execute: Any, sql: str, *rest: Any) -> Any:
        if "integrationkey" in sql:
            raise RuntimeError("a secret of the house")
        return execute(sql, *rest)

    with connection.execute_wrapper(break_down):
        answer = ask("POST", "tickets", TICKET)

    assert_problem(answer, 500)
    assert answer.json()["requestId"] == answer["X-Request-Id"]
    assert "secret" not in answer.text


def test_a_database_that_is_away_is_said_so(ask: Ask) -> None:
    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        raise OperationalError("away")

    with connection.execute_wrapper(refuse):
        answer = ask("POST", "tickets", TICKET)

    assert_problem(answer, 503)
    assert answer["Retry-After"] == "5"


def test_a_host_name_that_is_not_ours_is_a_problem(ask: Ask) -> None:
    assert_problem(ask("POST", "tickets", TICKET, Host="evil.example"), 400)


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_another_accounts_key_opens_nothing(ask: Ask, method: str, path: str) -> None:
    other = Account.objects.create(id="999")
    IntegrationKey.objects.update(account=other)

    assert_problem(ask(method, path, TICKET if path == "tickets" else {"accountId": ACCOUNT}), 403, field="accountId")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"\xef\xbb\xbf{", None),
        (b"", None),
        (b"[]", None),
        (b"\xff\xfe{\x00}\x00", None),
        (b"{" * 5000, None),
        (TICKET | {"visitorId": 7}, "visitorId"),
        (TICKET | {"accountId": 71820394}, "accountId"),
        (TICKET | {"agent": {"id": 7}}, "agent.id"),
        (TICKET | {"chatId": "H1"}, "chatId"),
        ({"accountId": ACCOUNT}, "visitorId"),
        (TICKET | {"origin": "https://elsewhere.example"}, "origin"),
    ],
)
def test_a_wrong_body_gets_one_sentence_that_names_the_field(ask: Ask, body: Any, field: str | None) -> None:
    assert_problem(ask("POST", "tickets", body), 400, field=field)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    door=st.sampled_from(DOORS),
    body=st.binary(max_size=200)
    | st.recursive(st.none() | st.text(max_size=9) | st.integers(), st.lists, max_leaves=5),
    fields=st.dictionaries(st.sampled_from([*TICKET, "chatId", "agent", "crm"]), st.text(max_size=9) | st.integers()),
    tail=st.text(st.characters(codec="utf-8", exclude_characters="?#\r\n"), max_size=20),
)
def test_nothing_that_is_sent_is_an_error_of_ours(ask: Ask, door: Any, body: Any, fields: Any, tail: str) -> None:
    method, path = door
    marker = "reflect-me-not"

    for sent in (body, TICKET | fields | {"note": marker}):
        for place in (path, f"visits/{ACCOUNT}/{tail}"):
            answer = ask(method, place, sent, **{"X-Note": marker})
            assert answer.status_code < 500 or answer.status_code == 503
            assert marker not in answer.text
