"""The operator's pages: credentials go in and never come out, keys can be revoked but not read."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from lpcontext.accounts.credentials import open_credentials
from lpcontext.accounts.integration_keys import find_key, issue_key
from lpcontext.accounts.models import Account, IntegrationKey, Role
from lpcontext.sealing import get_sealer

SECRET = "s3cret-of-the-site"
CREDENTIALS = json.dumps({"kind": "login", "username": "u", "password": SECRET})
FORM: Mapping[str, Any] = {
    "id": "12345678", "name": "Shop", "hidden_kinds": ["phone", "email"], "is_active": "on", "origins": "",
}  # fmt: skip


@pytest.fixture
def operator(db: None, client: Client) -> Client:
    client.force_login(User.objects.create_superuser("operator", password="not used here"))
    return client


def test_an_account_is_added_with_sealed_credentials_and_an_origin_on_each_line(operator: Client) -> None:
    origins = "https://crm.example/\r\n\r\nhttps://other.example\r\n"

    operator.post("/admin/accounts/account/add/", {**FORM, "origins": origins, "credentials": CREDENTIALS})

    account = Account.objects.get(pk="12345678")
    assert account.origins == ["https://crm.example", "https://other.example"]
    assert open_credentials(account, sealer=get_sealer())["password"] == SECRET


def test_credentials_are_never_shown_back(operator: Client) -> None:
    operator.post("/admin/accounts/account/add/", {**FORM, "credentials": CREDENTIALS})

    page = operator.get("/admin/accounts/account/12345678/change/").text
    history = operator.get("/admin/accounts/account/12345678/history/").text

    assert "Credentials changed at" in page
    assert SECRET not in page + history


def test_credentials_are_not_even_shown_when_the_form_comes_back_with_an_error(operator: Client) -> None:
    answer = operator.post("/admin/accounts/account/add/", {**FORM, "origins": "*", "credentials": CREDENTIALS})

    assert answer.status_code == 200
    assert "Origin 1: must look like https://crm.example" in answer.text
    assert SECRET not in answer.text
    assert not Account.objects.exists()


def test_an_empty_credentials_field_keeps_what_is_there(operator: Client) -> None:
    operator.post("/admin/accounts/account/add/", {**FORM, "credentials": CREDENTIALS})

    operator.post("/admin/accounts/account/12345678/change/", {**FORM, "name": "Bank"})

    account = Account.objects.get()
    assert account.name == "Bank"
    assert open_credentials(account, sealer=get_sealer())["password"] == SECRET


def test_the_id_of_an_account_stays(operator: Client) -> None:
    operator.post("/admin/accounts/account/add/", {**FORM, "credentials": CREDENTIALS})

    operator.post("/admin/accounts/account/12345678/change/", {**FORM, "id": "87654321"})

    assert [account.pk for account in Account.objects.all()] == ["12345678"]


@pytest.mark.parametrize("text", ["not json", "[]", '"text"', "{"])
def test_credentials_that_are_no_json_object_are_refused_without_repeating_them(text: str, operator: Client) -> None:
    answer = operator.post("/admin/accounts/account/add/", {**FORM, "credentials": text + SECRET})

    assert "Must be a JSON object." in answer.text
    assert SECRET not in answer.text
    assert not Account.objects.exists()


def test_keys_are_listed_without_their_digest_and_cannot_be_added_here(operator: Client, account: Account) -> None:
    issue_key(account, "CRM server")
    key = IntegrationKey.objects.get()

    pages = [operator.get(f"/admin/accounts/integrationkey/{page}").text for page in ("", f"{key.pk}/change/")]

    assert all("CRM server" in page for page in pages)
    assert not any(key.digest in page for page in pages)
    assert operator.get("/admin/accounts/integrationkey/add/").status_code == 403


def test_selected_keys_are_revoked(operator: Client, account: Account) -> None:
    text = issue_key(account, "CRM server")
    chosen = {"action": "revoke", "_selected_action": [str(IntegrationKey.objects.get().pk)]}

    operator.post("/admin/accounts/integrationkey/", chosen)

    assert find_key(text) is None


def test_a_role_whose_kinds_were_damaged_is_listed_as_it_is_applied(operator: Client, account: Account) -> None:
    Role.objects.create(account=account, name="Desk", hidden_kinds=7, revealable_kinds="phone")

    page = operator.get("/admin/accounts/role/").text

    assert "customer-id, email, ip, money, name, phone, transcript" in page
    assert '<td class="field-reveals">nothing</td>' in page
