"""Adding, finding, removing accounts, and what operators learn of their connection."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from lpcontext.accounts.credentials import open_credentials
from lpcontext.accounts.errors import BadAccountId, BadOrigin, UnknownAccount
from lpcontext.accounts.integration_keys import issue_key
from lpcontext.accounts.models import Account, Trouble
from lpcontext.accounts.registry import (
    add_account,
    clear_trouble,
    find_account,
    find_account_by_slug,
    note_trouble,
    remove_account,
)
from lpcontext.sealing import Sealer
from tests.accounts.conftest import LOGIN

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_new_account_is_masked_active_and_framed_by_nobody(sealer: Sealer) -> None:
    account, is_new = add_account(account_id="le_12345678", document=LOGIN, sealer=sealer)

    assert is_new
    assert (account.hidden_kinds, account.is_active, account.origins) == (["email", "phone"], True, [])
    assert find_account("le_12345678") == account


def test_an_account_added_again_has_new_credentials_and_keeps_the_rest(account: Account, sealer: Sealer) -> None:
    Account.objects.filter(pk=account.pk).update(origins=["https://crm.example"], trouble=Trouble.UNAUTHORIZED)
    newer = {**LOGIN, "password": "newer"}

    again, is_new = add_account(account_id=account.pk, document=newer, sealer=sealer)

    again.refresh_from_db()
    assert not is_new
    assert open_credentials(again, sealer=sealer) == newer
    assert (again.name, again.slug, again.origins) == ("Shop", account.slug, ["https://crm.example"])
    assert again.trouble == ""
    assert again.created_at == account.created_at


def test_name_and_origins_given_again_replace_the_old_ones(account: Account, sealer: Sealer) -> None:
    add_account(account_id=account.pk, document=LOGIN, sealer=sealer, name="Bank", origins=["https://BANK.example/"])

    account.refresh_from_db()
    assert (account.name, account.origins) == ("Bank", ["https://bank.example"])


def test_adding_a_paused_account_again_does_not_wake_it(account: Account, sealer: Sealer) -> None:
    Account.objects.update(is_active=False)

    add_account(account_id=account.pk, document=LOGIN, sealer=sealer)

    with pytest.raises(UnknownAccount):
        find_account(account.pk)


@pytest.mark.parametrize("account_id", ["", "a" * 21, "12 34", "12/34", "../x", "12345678\n", "12\x0034", "１２３"])
def test_what_cannot_be_an_account_id_is_refused(account_id: str, sealer: Sealer) -> None:
    with pytest.raises(BadAccountId):
        add_account(account_id=account_id, document=LOGIN, sealer=sealer)

    assert not Account.objects.exists()


def test_one_bad_origin_among_good_ones_is_named_by_its_place_and_nothing_is_kept(sealer: Sealer) -> None:
    origins = ["https://crm.example", "https://*.crm.example"]

    with pytest.raises(BadOrigin, match=r"^Origin 2: "):
        add_account(account_id="12345678", document=LOGIN, sealer=sealer, origins=origins)

    assert not Account.objects.exists()


@pytest.mark.parametrize("origins", ["https://crm.example", 7, {"https://crm.example": 1}, ["https://crm.example", 7]])
def test_origins_that_are_no_list_of_texts_are_refused(origins: Any, sealer: Sealer) -> None:
    with pytest.raises(BadOrigin):
        add_account(account_id="12345678", document=LOGIN, sealer=sealer, origins=origins)


def test_a_name_that_is_too_long_is_cut(sealer: Sealer) -> None:
    account = add_account(account_id="12345678", document=LOGIN, sealer=sealer, name=" " + "n" * 300).account

    assert account.name == "n" * 100


def test_origins_are_kept_once_each_in_their_order(sealer: Sealer) -> None:
    origins = ["https://b.example", "https://a.example", "https://B.example:443"]

    account = add_account(account_id="12345678", document=LOGIN, sealer=sealer, origins=origins).account

    assert account.origins == ["https://b.example", "https://a.example"]


def test_the_model_itself_refuses_a_bad_id_and_a_bad_origin() -> None:
    with pytest.raises(ValidationError) as refused:
        Account(id="12/34", origins=["*"]).full_clean()

    assert set(refused.value.error_dict) == {"id", "origins"}


def test_a_slug_tells_nothing_and_finds_its_account(account: Account) -> None:
    assert find_account_by_slug(account.slug) == account
    assert len(account.slug) == 12
    assert account.pk not in account.slug


@pytest.mark.parametrize("unknown", ["", "87654321", "x" * 500, "12345678\x00"])
def test_an_unknown_account_is_one_whatever_it_looks_like(unknown: str, account: Account) -> None:
    with pytest.raises(UnknownAccount):
        find_account(unknown)
    with pytest.raises(UnknownAccount):
        find_account_by_slug(unknown)


def test_a_removed_account_takes_its_keys_along(account: Account) -> None:
    issue_key(account, "CRM server")

    remove_account(account.pk)

    with pytest.raises(UnknownAccount):
        find_account(account.pk)
    with pytest.raises(UnknownAccount):
        remove_account(account.pk)


def test_trouble_is_news_once_and_keeps_its_beginning(account: Account) -> None:
    assert note_trouble(account.pk, Trouble.UNAUTHORIZED, now=NOW)
    assert not note_trouble(account.pk, Trouble.UNAUTHORIZED, now=NOW + timedelta(hours=1))

    account.refresh_from_db()
    assert (account.trouble, account.trouble_since) == ("unauthorized", NOW)


def test_other_trouble_begins_anew(account: Account) -> None:
    note_trouble(account.pk, Trouble.UNREACHABLE, now=NOW)

    assert note_trouble(account.pk, Trouble.UNAUTHORIZED, now=NOW + timedelta(hours=1))

    account.refresh_from_db()
    assert account.trouble_since == NOW + timedelta(hours=1)


def test_the_end_of_trouble_is_news_once(account: Account) -> None:
    note_trouble(account.pk, Trouble.UNREACHABLE, now=NOW)

    assert clear_trouble(account.pk)
    assert not clear_trouble(account.pk)

    account.refresh_from_db()
    assert (account.trouble, account.trouble_since) == ("", None)
