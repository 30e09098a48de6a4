"""Credentials open for their account, with a key of the list, or not at all."""

from datetime import UTC, datetime

import pytest

from lpcontext.accounts.credentials import open_credentials, reseal_credentials, seal_credentials, set_credentials
from lpcontext.accounts.errors import CredentialsMissing
from lpcontext.accounts.models import Account
from lpcontext.sealing import SealBroken, Sealer
from tests.accounts.conftest import LOGIN, NEW_KEY, OLD_KEY

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_credentials_come_back_as_they_were_given(account: Account, sealer: Sealer) -> None:
    account.refresh_from_db()

    assert open_credentials(account, sealer=sealer) == LOGIN


def test_the_database_holds_no_word_of_them(account: Account) -> None:
    account.refresh_from_db()
    kept = bytes(account.sealed_credentials)

    assert kept
    assert not any(word.encode() in kept for word in ("login", "username", "lp-user", "s3cret"))


def test_a_wrong_key_raises_instead_of_returning_rubbish(account: Account) -> None:
    with pytest.raises(SealBroken):
        open_credentials(account, sealer=Sealer([NEW_KEY]))


def test_credentials_of_one_account_do_not_open_for_another(sealer: Sealer) -> None:
    stolen = seal_credentials(LOGIN, account_id="11111111", sealer=sealer)

    with pytest.raises(SealBroken):
        open_credentials(Account(id="22222222", sealed_credentials=stolen), sealer=sealer)


def test_changed_bytes_do_not_open(sealer: Sealer) -> None:
    sealed = bytearray(seal_credentials(LOGIN, account_id="11111111", sealer=sealer))
    sealed[-1] ^= 1

    with pytest.raises(SealBroken):
        open_credentials(Account(id="11111111", sealed_credentials=bytes(sealed)), sealer=sealer)


def test_an_account_without_credentials_says_so(sealer: Sealer) -> None:
    with pytest.raises(CredentialsMissing):
        open_credentials(Account(id="11111111"), sealer=sealer)


def test_new_credentials_end_the_trouble_with_the_old_ones(sealer: Sealer) -> None:
    account = Account(id="11111111", trouble="unauthorized", trouble_since=NOW)

    set_credentials(account, LOGIN, sealer=sealer, now=NOW)

    assert (account.trouble, account.trouble_since, account.credentials_changed_at) == ("", None, NOW)


def test_resealed_credentials_open_with_the_newest_key_alone(account: Account) -> None:
    assert reseal_credentials(account, sealer=Sealer([NEW_KEY, OLD_KEY]))

    account.refresh_from_db()
    assert open_credentials(account, sealer=Sealer([NEW_KEY])) == LOGIN


def test_resealing_does_not_undo_credentials_given_meanwhile(account: Account, sealer: Sealer) -> None:
    read_before = Account.objects.get(pk=account.pk)
    newer = {**LOGIN, "password": "newer"}
    set_credentials(account, newer, sealer=sealer, now=NOW)
    account.save()

    assert not reseal_credentials(read_before, sealer=sealer)
    account.refresh_from_db()
    assert open_credentials(account, sealer=sealer) == newer


@pytest.mark.django_db
def test_an_account_without_credentials_has_nothing_to_reseal(sealer: Sealer) -> None:
    assert not reseal_credentials(Account.objects.create(id="11111111"), sealer=sealer)


def test_neither_text_nor_repr_of_an_account_tells_its_id_or_secrets(account: Account) -> None:
    assert str(account) == "Shop"
    assert repr(account) == f"<Account {account.slug}>"
