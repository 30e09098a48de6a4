"""The Login Service and the Domain API, to the letter."""

from __future__ import annotations

import json
import re

import pytest
import requests

from lpcontext.emulator import EmulatedAccount, Emulator
from tests.emulator.caller import Bearer, Caller
from tests.support.manual_clock import ManualClock

HEX = re.compile(r"[0-9a-f]{64}")
DOCUMENTED_KEYS = ["csrf", "wsuk", "config", "csdsCollectionResponse", "accountData", "sessionTTl", "bearer"]


def application(account: EmulatedAccount, kind: str) -> dict[str, str]:
    if kind == "oauth2":
        keys = {"appKey": account.client_id, "secret": account.client_secret}
        return keys | {"username": account.username, "accessToken": "dummy", "accessTokenSecret": "dummy"}
    return {
        "username": account.username,
        "appKey": account.app_key,
        "secret": account.secret,
        "accessToken": account.access_token,
        "accessTokenSecret": account.access_token_secret,
    }


def renew(caller: Caller, path: str, csrf: str, **options: str) -> requests.Response:
    return caller.ask("POST", f"/api/account/{caller.account.account_id}/{path}", json={"csrf": csrf}, **options)


def test_a_login_answers_as_documented(caller: Caller) -> None:
    answer = caller.log_in()
    document = answer.json()

    assert list(document) == DOCUMENTED_KEYS
    assert HEX.fullmatch(document["bearer"])
    assert HEX.fullmatch(document["csrf"])
    assert document["sessionTTl"] == "28800000"
    assert document["accountData"]["agentGroupsData"]["items"][0]["id"] == -1
    assert {uri["service"] for uri in document["csdsCollectionResponse"]["baseURIs"]} > {"smt", "agentVep", "msdkgw"}
    assert re.search(r"^Session_id=[0-9a-f]{64};.*HttpOnly", answer.headers["Set-Cookie"])


@pytest.mark.parametrize("kind", ["oauth1", "oauth2"])
def test_an_application_logs_in_with_its_keys(caller: Caller, emulator: Emulator, kind: str) -> None:
    bearer = caller.log_in(**application(caller.account, kind)).json()["bearer"]

    assert caller.visit(emulator.mint_visit(), auth=Bearer(bearer)).status_code == 200


def test_wrong_credentials_are_refused(caller: Caller) -> None:
    assert caller.log_in(username="panel-bot", password="wrong").status_code == 401
    assert caller.log_in(**application(caller.account, "oauth2") | {"accessToken": "real"}).status_code == 401


def test_a_login_without_version_or_body_is_a_bad_request(caller: Caller) -> None:
    path = f"/api/account/{caller.account.account_id}/login"

    assert caller.ask("POST", path, json={}).status_code == 400
    assert caller.ask("POST", f"{path}?v=1.3", data=b"not json").status_code == 400


def test_a_bearer_expires_and_a_refresh_carries_it_on(caller: Caller, emulator: Emulator, clock: ManualClock) -> None:
    login = caller.log_in().json()

    clock.pass_time(7 * 3600)
    refreshed = renew(caller, "refresh", login["csrf"])
    clock.pass_time(7 * 3600)
    still = caller.visit(emulator.mint_visit(), auth=Bearer(login["bearer"])).status_code
    clock.pass_time(2 * 3600)
    gone = caller.visit(emulator.mint_visit(), auth=Bearer(login["bearer"])).status_code

    assert (refreshed.status_code, refreshed.content) == (200, b"")
    assert "Session_id=" in refreshed.headers["Set-Cookie"]
    assert (still, gone) == (200, 401)


def test_a_wrong_csrf_gets_the_printed_refusal(caller: Caller) -> None:
    caller.log_in()

    answer = renew(caller, "refresh", "0" * 64)

    assert answer.status_code == 401
    error = answer.json()["error"]
    assert re.fullmatch(r"[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M", error.pop("time"))
    assert error == {
        "message": "CSRF token invalid! The CSRF token on request does not match the CSRF token on the session",
        "internalCode": 10,
        "responseStatus": "UNAUTHORIZED",
    }


def test_a_csrf_without_its_cookie_is_refused(caller: Caller) -> None:
    csrf = caller.log_in().json()["csrf"]
    caller.http.cookies.clear()

    assert renew(caller, "refresh", csrf).status_code == 401


def test_a_logout_ends_the_bearer(caller: Caller, emulator: Emulator) -> None:
    login = caller.log_in().json()

    answer = renew(caller, "logout", login["csrf"])

    assert (answer.status_code, answer.content) == (200, b"")
    assert caller.visit(emulator.mint_visit(), auth=Bearer(login["bearer"])).status_code == 401
    assert renew(caller, "refresh", login["csrf"]).status_code == 401


@pytest.mark.parametrize("form", ["api", "csdr"])
def test_a_domain_is_given_without_scheme(caller: Caller, form: str) -> None:
    path = f"/{form}/account/{caller.account.account_id}/service"
    one = caller.ask("GET", f"{path}/smt/baseURI.json?version=1.0").json()
    every = caller.ask("GET", f"{path}/baseURI.json?version=1.0").json()["baseURIs"]

    assert one["baseURI"] == caller.base_url.removeprefix("http://")
    assert one["service"] == "smt"
    assert one in every


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/account/404404/service/smt/baseURI.json?version=1.0", 401),
        ("/api/account/71820394/service/SMT/baseURI.json?version=1.0", 400),
        ("/api/account/71820394/service/smt/baseURI.json", 400),
    ],
)
def test_a_wrong_domain_question_is_refused(caller: Caller, path: str, status: int) -> None:
    assert caller.ask("GET", path).status_code == status


@pytest.mark.parametrize("kind", ["oauth1", "login", "oauth2"])
def test_the_demo_credentials_are_the_same_everywhere_and_not_shown(kind: str) -> None:
    document = EmulatedAccount().credentials(kind)  # type: ignore[arg-type]

    assert document == EmulatedAccount().credentials(kind)  # type: ignore[arg-type]
    assert document["kind"] == kind
    assert document["username" if kind != "oauth1" else "app_key"]
    secrets = [value for name, value in document.items() if name not in ("kind", "username")]
    assert not any(secret in json.dumps(repr(EmulatedAccount())) for secret in secrets)
