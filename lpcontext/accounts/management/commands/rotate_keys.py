"""`manage.py rotate_keys`: seal every account's credentials with the newest key, so that older keys may go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lpcontext.accounts.credentials import reseal_credentials
from lpcontext.accounts.models import Account
from lpcontext.sealing import SealBroken, get_sealer


class Command(BaseCommand):
    help = "Seal all credentials with the newest of LPCONTEXT_SEAL_KEYS. Run it before removing an old key."

    def handle(self, *args: Any, **options: Any) -> None:
        resealed = broken = 0
        for account in Account.objects.all():
            try:
                resealed += reseal_credentials(account, sealer=get_sealer())
            except SealBroken:
                broken += 1
                self.stderr.write(f"No key opens the credentials of {account}. Give them anew: lpcontext add-account")
        self.stdout.write(f"Sealed with the newest key: {resealed}.")
        if broken:
            raise CommandError(f"Could not be opened: {broken}. Keep the old keys until these have new credentials.")
