"""The operator's pages: a connection tested by a click, an old key replaced by one form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client

from lpcontext.accounts.credentials import open_credentials
from lpcontext.accounts.models import Account
from lpcontext.accounts.registry import add_account
from lpcontext.sealing import get_sealer
from tests.support.chat_responses import login
from tests.support.scripted_server import ScriptedServer, reply

pytestmark = pytest.mark.django_db

OAUTH1 = {"kind": "oauth1", "app_key": "k", "secret": "s", "access_token": "t", "access_token_secret": "ts"}
PAGES = "/admin/accounts/account/5001"
FORM = {"username": "bot", "client_id": "an-id", "client_secret": "pssst-this"}


@pytest.fixture
def liveperson(settings: Any) -> Any:
    with ScriptedServer() as server:
        settings.DOMAIN_API_URL = server.base_url
        server.will("login", login())
        server.will("logout", reply(200))
        server.will("state", reply(404, {"internalCode": 12}))
        yield server


@pytest.fixture
def account() -> Account:
    return add_account(account_id="5001", document=OAUTH1, sealer=get_sealer()).account


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("operator", password="not used here"))
    return client


def kind_of(account: Account) -> str:
    return str(open_credentials(Account.objects.get(pk=account.pk), sealer=get_sealer())["kind"])


def test_the_account_s_page_leads_to_both(operator: Client, account: Account) -> None:
    page = operator.get(f"{PAGES}/change/").text

    assert f'action="{PAGES}/test-connection/"' in page
    assert f'href="{PAGES}/client-credentials/"' in page


def test_a_connection_is_tested_by_a_click(operator: Client, account: Account, liveperson: ScriptedServer) -> None:
    page = operator.post(f"{PAGES}/test-connection/").text

    assert re.findall(r"<h2>(.*?)</h2>", page)[-4:] == [
        "Credentials: good", "Domain look-up: good", "Authorisation: good", "One call: good",
    ]  # fmt: skip


def test_what_failed_is_said_with_whose_move_it_is(
    operator: Client, account: Account, liveperson: ScriptedServer
) -> None:
    liveperson.will("state", reply(401, {"time": 1, "message": "Unauthorized account access", "internalCode": 10}))

    page = operator.post(f"{PAGES}/test-connection/").text

    assert "One call: failed" in page
    assert "The next move is the brand&#x27;s LivePerson administrator&#x27;s." in page


def test_a_look_alone_asks_liveperson_nothing(operator: Client, account: Account, liveperson: ScriptedServer) -> None:
    assert operator.get(f"{PAGES}/test-connection/").status_code == 405
    assert liveperson.asked == []


@pytest.mark.parametrize("page", ["test-connection", "client-credentials"])
def test_only_whoever_may_change_an_account_gets_there(
    page: str, client: Client, account: Account, liveperson: ScriptedServer
) -> None:
    assert client.post(f"{PAGES}/{page}/").status_code == 302
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_account"))
    client.force_login(clerk)

    assert client.post(f"{PAGES}/{page}/").status_code == 403
    assert liveperson.asked == []


def test_one_form_moves_an_account_to_client_credentials(
    operator: Client, account: Account, liveperson: ScriptedServer
) -> None:
    answer = operator.post(f"{PAGES}/client-credentials/", FORM)

    assert answer.status_code == 302
    assert kind_of(account) == "oauth2"
    assert "pssst-this" not in operator.get(answer["Location"]).text


def test_credentials_that_do_not_work_are_not_kept(
    operator: Client, account: Account, liveperson: ScriptedServer
) -> None:
    liveperson.will("login", reply(401))

    answer = operator.post(f"{PAGES}/client-credentials/", FORM)

    assert "Authorisation: failed" in answer.text
    assert "pssst-this" not in answer.text
    assert kind_of(account) == "oauth1"


def test_they_are_kept_untested_where_the_operator_says_so(
    operator: Client, account: Account, liveperson: ScriptedServer
) -> None:
    liveperson.will("baseURI.json", reply(503))

    operator.post(f"{PAGES}/client-credentials/", FORM | {"keep_untested": "on"})

    assert kind_of(account) == "oauth2"


def test_a_field_that_cannot_be_right_is_named(operator: Client, account: Account, liveperson: ScriptedServer) -> None:
    answer = operator.post(f"{PAGES}/client-credentials/", FORM | {"client_id": "two\x07words"})

    assert answer.status_code == 200
    assert liveperson.asked == []
    assert kind_of(account) == "oauth1"


def test_old_keys_are_named_by_check_and_in_the_list(
    operator: Client, account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check")
    said = capsys.readouterr()

    assert "Account 5001 still uses an OAuth 1.0 key" in said.out + said.err
    assert "/admin/accounts/account/5001/client-credentials/" in said.out + said.err
    assert "past its end of life" in operator.get("/admin/accounts/account/").text


def test_check_says_nothing_of_other_credentials_or_paused_accounts(
    account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    Account.objects.filter(pk="5001").update(is_active=False)
    add_account(account_id="5002", document={"kind": "oauth2", **FORM}, sealer=get_sealer())

    call_command("check")
    said = capsys.readouterr()

    assert "OAuth 1.0" not in said.out + said.err
