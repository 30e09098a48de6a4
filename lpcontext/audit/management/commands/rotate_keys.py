"""`manage.py rotate_keys`: seal all that the database keeps sealed with the newest key, so that older keys may go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseTrouble

from lpcontext.accounts.credentials import reseal_credentials
from lpcontext.accounts.launch_keys import reseal_launch_secret
from lpcontext.accounts.models import Account, LaunchKey
from lpcontext.audit.pruning import reseal_subjects
from lpcontext.audit.recording import write_waiting_records
from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots import MemoryUnavailable


class Command(BaseCommand):
    help = "Seal all that is kept sealed with the newest of LPCONTEXT_SEAL_KEYS, before an old key is removed."

    def handle(self, *args: Any, **options: Any) -> None:
        resealed = broken = 0
        for account in Account.objects.all():
            try:
                resealed += reseal_credentials(account, sealer=get_sealer())
            except SealBroken:
                broken += 1
                self.stderr.write(f"No key opens the credentials of {account}. Give them anew: lpcontext add-account")
        for key in LaunchKey.objects.all():
            try:
                resealed += reseal_launch_secret(key, sealer=get_sealer())
            except SealBroken:
                broken += 1
                self.stderr.write(f"No key opens the secret of launch key {key}. Give it anew in the admin.")
        in_audit, unopened = reseal_subjects(sealer=get_sealer())
        self.stdout.write(f"Sealed with the newest key: {resealed}.")
        if in_audit:
            self.stdout.write(f"Audit records sealed with the newest key: {in_audit}.")
        if unopened:
            self.stderr.write(f"Audit records whose ids no key opens any more: {unopened}. They stay as they are.")
        if broken:
            raise CommandError(f"Could not be opened: {broken}. Keep the old keys until these have new credentials.")
        _write_waiting()


def _write_waiting() -> None:
    """Records that wait in memory are sealed too, perhaps with an old key. Raises CommandError."""
    try:
        write_waiting_records()
    except (DatabaseTrouble, MemoryUnavailable):
        sentence = "Records of the audit may wait in Redis, sealed with an old key, and could not be written now."
        raise CommandError(f"{sentence} Keep the old keys and run this again.") from None
