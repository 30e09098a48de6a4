"""A system check of what is in the database: accounts whose way to prove themselves has come to its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning
from django.db import Error as DatabaseTrouble

from lpcontext.accounts.credentials import find_credentials_kind
from lpcontext.accounts.models import Account
from lpcontext.sealing import get_sealer

OAUTH1 = "oauth1"


def check_credentials(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Says nothing where there is no database yet, or it is away: others say that."""
    try:
        return list(_find_old_keys())
    except DatabaseTrouble:
        return []


def _find_old_keys() -> Iterator[CheckMessage]:
    sealer = get_sealer()
    for account in Account.objects.filter(is_active=True):
        if find_credentials_kind(account, sealer=sealer) == OAUTH1:
            yield Warning(
                f"Account {account.pk} still uses an OAuth 1.0 key, past its end of life since 31 May 2026.",
                hint=f"Move it to client credentials: /admin/accounts/account/{account.pk}/client-credentials/",
                id="lpcontext.W001",
            )
