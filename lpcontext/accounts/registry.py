"""Add, find and remove accounts; remember what is wrong with their connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from lpcontext.accounts.credentials import set_credentials
from lpcontext.accounts.errors import BadAccountId, UnknownAccount
from lpcontext.accounts.models import Account, Trouble, fit_name
from lpcontext.accounts.origins import read_origins
from lpcontext.sealing import Sealer
from lpcontext.subjects import is_wellformed_account


class AddedAccount(NamedTuple):
    account: Account
    is_new: bool


def add_account(
    *,
    account_id: str,
    document: Mapping[str, Any],
    sealer: Sealer,
    name: str | None = None,
    origins: Sequence[str] | None = None,
) -> AddedAccount:
    """Add an account, or give a known one new credentials.

    An operator who adds an account again has new credentials in hand and wants them used: `name` and `origins` are then
    replaced only when given; slug, integration keys and pause stay. Raises BadAccountId or BadOrigin, nothing kept.
    """
    if not is_wellformed_account(account_id):
        raise BadAccountId
    kept_origins = None if origins is None else read_origins(origins)
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(pk=account_id).first()
        is_new = account is None
        account = account or Account(id=account_id)
        account.name = account.name if name is None else fit_name(name)
        account.origins = account.origins if kept_origins is None else kept_origins
        set_credentials(account, document, sealer=sealer, now=timezone.now())
        account.save(force_insert=is_new)
    return AddedAccount(account, is_new)


def find_account(account_id: str) -> Account:
    """The account, if we serve it. Raises UnknownAccount, for a paused one too."""
    return _find_served(pk=account_id)


def find_account_by_slug(slug: str) -> Account:
    """The account behind a public address. Raises UnknownAccount."""
    return _find_served(slug=slug)


def remove_account(account_id: str) -> None:
    """Forget the account, its credentials and its keys. Raises UnknownAccount."""
    deleted, _ = Account.objects.filter(pk=account_id).delete()
    if not deleted:
        raise UnknownAccount


def note_trouble(account_id: str, trouble: Trouble, *, now: datetime) -> bool:
    """Tell operators why the account cannot be refreshed. True when this is news; `trouble_since` then starts anew."""
    changed = Account.objects.filter(pk=account_id).exclude(trouble=trouble)
    return changed.update(trouble=trouble, trouble_since=now) == 1


def clear_trouble(account_id: str) -> bool:
    """The account can be refreshed again. True when that is news."""
    changed = Account.objects.filter(pk=account_id).exclude(trouble="")
    return changed.update(trouble="", trouble_since=None) == 1


def _find_served(**known: str) -> Account:
    account = Account.objects.filter(**known, is_active=True).first() if _is_text(*known.values()) else None
    if account is None:
        raise UnknownAccount
    return account


def _is_text(*values: str) -> bool:
    # PostgreSQL refuses a query that holds a NUL with an error of its own; SQLite does not.
    return all("\0" not in value for value in values)
