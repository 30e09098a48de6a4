"""Integration keys: shown once, kept as a digest, refused once revoked."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from lpcontext.accounts.integration_keys import find_key, issue_key, note_key_use, revoke_key
from lpcontext.accounts.models import Account, IntegrationKey

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_an_issued_key_finds_its_account(account: Account) -> None:
    key = issue_key(account, "CRM server")

    found = find_key(key)

    assert re.fullmatch(r"lpk_[A-Za-z0-9_-]{43}", key)
    assert found is not None
    assert (found.account, found.name) == (account, "CRM server")


def test_the_database_does_not_hold_the_key(account: Account) -> None:
    key = issue_key(account, "CRM server")

    kept = IntegrationKey.objects.values().get()

    assert key not in str(kept)
    assert key.removeprefix("lpk_") not in str(kept)


def test_a_revoked_key_opens_nothing(account: Account) -> None:
    text = issue_key(account, "CRM server")
    key = IntegrationKey.objects.get()

    revoke_key(key, now=NOW)
    revoke_key(key, now=NOW + timedelta(days=1))

    key.refresh_from_db()
    assert find_key(text) is None
    assert key.revoked_at == NOW


def test_a_key_of_a_paused_account_opens_nothing(account: Account) -> None:
    text = issue_key(account, "CRM server")

    Account.objects.update(is_active=False)

    assert find_key(text) is None


@pytest.mark.parametrize("text", ["", "lpk_", "lpk_" + "a" * 43, "lpk_" + "a" * 42 + "\n", "a" * 10_000, "lpk_\x00"])
def test_what_was_never_issued_opens_nothing(text: str, account: Account) -> None:
    issue_key(account, "CRM server")

    assert find_key(text) is None


def test_the_digest_is_not_the_key(account: Account) -> None:
    issue_key(account, "CRM server")

    assert find_key(IntegrationKey.objects.get().digest) is None


def test_use_of_a_busy_key_is_written_once_an_hour(account: Account) -> None:
    issue_key(account, "CRM server")
    key = IntegrationKey.objects.get()

    note_key_use(key, now=NOW)
    note_key_use(key, now=NOW + timedelta(minutes=59))
    key.refresh_from_db()
    assert key.last_used_at == NOW

    note_key_use(key, now=NOW + timedelta(minutes=61))
    key.refresh_from_db()
    assert key.last_used_at == NOW + timedelta(minutes=61)
