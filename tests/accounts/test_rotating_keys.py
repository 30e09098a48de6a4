"""`manage.py rotate_keys`: after it, the old key may go."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from lpcontext.accounts.credentials import open_credentials
from lpcontext.accounts.launch_keys import open_launch_secret, set_launch_secret
from lpcontext.accounts.models import Account, LaunchHost, LaunchKey
from lpcontext.accounts.registry import add_account
from lpcontext.sealing import Sealer, get_sealer
from tests.accounts.conftest import LOGIN, NEW_KEY, OLD_KEY


@pytest.fixture(autouse=True)
def rotated_settings(settings: Settings) -> Iterator[None]:
    settings.SEAL_KEYS = [NEW_KEY, OLD_KEY]
    get_sealer.cache_clear()
    yield
    get_sealer.cache_clear()


def test_after_rotation_the_newest_key_alone_opens_all(account: Account) -> None:
    changed_at = account.credentials_changed_at
    printed = StringIO()

    call_command("rotate_keys", stdout=printed)

    account.refresh_from_db()
    assert printed.getvalue() == "Sealed with the newest key: 1.\n"
    assert open_credentials(account, sealer=Sealer([NEW_KEY])) == LOGIN
    assert account.credentials_changed_at == changed_at


def test_one_account_that_does_not_open_is_named_and_does_not_stop_the_others(account: Account) -> None:
    add_account(account_id="99", document=LOGIN, sealer=Sealer([b"?" * 32]), name="Lost")
    printed, warned = StringIO(), StringIO()

    with pytest.raises(CommandError, match="Could not be opened: 1"):
        call_command("rotate_keys", stdout=printed, stderr=warned)

    account.refresh_from_db()
    assert "Sealed with the newest key: 1." in printed.getvalue()
    assert "Lost" in warned.getvalue()
    assert open_credentials(account, sealer=Sealer([NEW_KEY])) == LOGIN


def test_the_secrets_of_launch_keys_are_resealed_too(account: Account) -> None:
    key = LaunchKey(account=account, host=LaunchHost.CANVAS, name="Org")
    set_launch_secret(key, "a-consumer-secret", sealer=Sealer([OLD_KEY]))
    key.save()
    lost = LaunchKey(account=account, host=LaunchHost.HUBSPOT, name="Lost portal")
    set_launch_secret(lost, "a-client-secret", sealer=Sealer([b"?" * 32]))
    lost.save()
    printed, warned = StringIO(), StringIO()

    with pytest.raises(CommandError, match="Could not be opened: 1"):
        call_command("rotate_keys", stdout=printed, stderr=warned)

    key.refresh_from_db()
    assert open_launch_secret(key, sealer=Sealer([NEW_KEY])) == b"a-consumer-secret"
    assert "launch key Lost portal" in warned.getvalue()
