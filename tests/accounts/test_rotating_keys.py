"""`manage.py rotate_keys`: after it, the old key may go."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from lpcontext.accounts.credentials import open_credentials
from lpcontext.accounts.launch_keys import open_launch_secret, set_launch_secret
from lpcontext.accounts.models import Account, LaunchHost, LaunchKey
from lpcontext.accounts.registry import add_account
from lpcontext.audit.actions import Action, Actor
from lpcontext.audit.models import AuditRecord
from lpcontext.audit.recording import record_action
from lpcontext.audit.request_origin import RequestOrigin
from lpcontext.audit.sealed_subjects import open_subject
from lpcontext.sealing import Sealer, get_sealer
from lpcontext.snapshots.memory import forget_connection
from lpcontext.subjects import VisitKey
from tests.accounts.conftest import LOGIN, NEW_KEY, OLD_KEY
from tests.support.locked_database import refuse_writes

pytestmark = pytest.mark.usefixtures("memory")


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


def test_a_record_that_waits_in_memory_is_written_and_sealed_too(account: Account, settings: Settings) -> None:
    visit = VisitKey(account_id=account.pk, visitor_id="V1", session_id="S1")
    settings.SEAL_KEYS = [OLD_KEY]
    get_sealer.cache_clear()
    with connection.execute_wrapper(refuse_writes):
        record_action(Action.OPENED, actor=Actor(host="ticket"), origin=RequestOrigin(), subject=visit)
    settings.SEAL_KEYS = [NEW_KEY, OLD_KEY]
    get_sealer.cache_clear()

    call_command("rotate_keys", stdout=StringIO())

    kept = AuditRecord.objects.get()
    assert open_subject(bytes(kept.sealed_subject), record_id=str(kept.pk), sealer=Sealer([NEW_KEY])) == visit


@pytest.mark.usefixtures("account")
def test_with_memory_away_the_old_keys_stay_needed(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()

    with pytest.raises(CommandError, match="Keep the old keys"):
        call_command("rotate_keys", stdout=StringIO())
