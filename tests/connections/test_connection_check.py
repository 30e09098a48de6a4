"""A connection is walked step by step; what fails is said in words, with whose move it is, and nothing of an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lpcontext.accounts.models import Account
from lpcontext.accounts.registry import add_account
from lpcontext.connections import Finding, check_connection
from lpcontext.sealing import get_sealer
from tests.support.chat_responses import login
from tests.support.scripted_server import HANG_UP, Reply, ScriptedServer, reply

pytestmark = pytest.mark.django_db

OAUTH1 = {"kind": "oauth1", "app_key": "k", "secret": "s", "access_token": "t", "access_token_secret": "ts"}
LOGIN = {"kind": "login", "username": "bot", "password": "a password"}
ISO_ERROR = "2026-11-28T09:00:00.000+0000"
FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
NOT_FOUND = reply(404, {"time": 1, "message": "not found", "internalCode": 12})


@pytest.fixture
def liveperson(settings: Any) -> Any:
    """It lets everybody log in, and knows no visit."""
    with ScriptedServer() as server:
        settings.DOMAIN_API_URL = server.base_url
        server.will("login", login())
        server.will("logout", reply(200))
        server.will("state", NOT_FOUND)
        yield server


def make_account(document: dict[str, str]) -> Account:
    return add_account(account_id="5001", document=document, sealer=get_sealer()).account


def check(document: dict[str, str]) -> list[Finding]:
    return check_connection(make_account(document))


def describe(finding: Finding) -> str:
    assert finding.explanation is not None
    return f"{finding.step} | {finding.sentence} | {finding.explanation.move} | {finding.explanation.advice}"


@pytest.mark.parametrize("document", [OAUTH1, LOGIN])
def test_a_connection_that_works_says_so_step_by_step(liveperson: ScriptedServer, document: dict[str, str]) -> None:
    findings = check(document)

    assert [finding.step for finding in findings] == ["Credentials", "Domain look-up", "Authorisation", "One call"]
    assert all(finding.is_good for finding in findings)
    assert "knows no such visit, as it should" in findings[-1].sentence


def test_each_test_logs_in_anew_and_out_again(liveperson: ScriptedServer) -> None:
    account = make_account(LOGIN)

    check_connection(account)
    check_connection(account)

    assert len(liveperson.asked_for("login")) == len(liveperson.asked_for("logout")) == 2


def test_an_account_without_credentials_is_not_asked_for(liveperson: ScriptedServer) -> None:
    account = Account.objects.create(id="5002")

    (finding,) = check_connection(account)

    assert "no credentials" in finding.sentence
    assert liveperson.asked == []


def test_credentials_whose_seal_key_is_gone_are_named(liveperson: ScriptedServer) -> None:
    account = make_account(LOGIN)
    account.sealed_credentials = b"another key's" * 9

    (finding,) = check_connection(account)

    assert "LPCONTEXT_SEAL_KEYS" in describe(finding)


@pytest.mark.parametrize(
    ("call", "answer", "step", "words"),
    [
        pytest.param("baseURI.json", reply(401), "Domain look-up", "knows no such account. | yours", id="domain-401"),
        pytest.param("baseURI.json", HANG_UP, "Domain look-up", "your network's", id="domain-hung-up"),
        pytest.param("baseURI.json", reply(200, "<html>portal</html>"), "Domain look-up", "proxy or portal", id="html"),
        pytest.param(
            "login", reply(400, {"error": {"internalCode": 5}}), "Authorisation", "refused the log-in", id="login-400"
        ),
        pytest.param("login", reply(401), "Authorisation", "administrator's", id="login-401"),
        pytest.param("login", reply(451), "Authorisation", "LivePerson's support", id="login-451"),
        pytest.param("login", reply(429), "Authorisation", "nobody's yet", id="login-429"),
        pytest.param(
            "login",
            reply(500, {"error": "LeLogin1 failed - invalid url received from app server"}),
            "Authorisation",
            "internal error",
            id="login-error-is-a-string",
        ),
        pytest.param(
            "state",
            reply(401, {"time": 1, "message": "Unauthorized account access", "internalCode": 10}),
            "One call",
            "may not read visits (code 10",
            id="not-entitled",
        ),
        pytest.param(
            "state",
            reply(
                404,
                {
                    "error": {
                        "time": ISO_ERROR,
                        "message": "null for uri: /api/an-id-of-somebody?sid=1",
                        "internalCode": 28,
                    }
                },
            ),
            "One call",
            "wrong service's host",
            id="wrong-host",
        ),
        pytest.param("state", reply(404, {"internalCode": 6}), "One call", "ids are of another kind", id="account"),
        pytest.param(
            "state", reply(400, {"message": "Illegal Version", "internalCode": "33"}), "One call", "code 33", id="33"
        ),
        pytest.param("state", reply(500, {"internalCode": 20}), "One call", "has not loaded this account", id="20"),
        pytest.param("state", reply(202, {"internalCode": 38}), "One call", "is loading this account", id="38"),
        pytest.param("state", reply(500, {"internalCode": 18}), "One call", "internal error (code 18)", id="18"),
        pytest.param("state", reply(503), "One call", "nobody's yet", id="503"),
    ],
)
def test_what_fails_is_said_in_words(
    liveperson: ScriptedServer, call: str, answer: Reply, step: str, words: str
) -> None:
    liveperson.will(call, answer)

    *before, failed = check(LOGIN)

    assert all(finding.is_good for finding in before)
    assert failed.step == step
    assert words in describe(failed)
    assert "somebody" not in json.dumps([describe(failed), *(finding.sentence for finding in before)])


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("token_rejected&oauth_problem_advice=a b c", "access token"),
        ("signature_invalid&oauth_problem_advice=a b c", "signature is wrong"),
        ("timestamp_refused", "clock"),
        ("consumer_key_unknown", "app key"),
    ],
)
def test_oauth_problems_are_read_though_they_are_no_json(liveperson: ScriptedServer, problem: str, words: str) -> None:
    liveperson.will("state", reply(401, f"oauth_problem={problem}", headers=FORM))

    failed = check(OAUTH1)[-1]

    assert words in describe(failed)
    assert "move to client credentials" in describe(failed)
