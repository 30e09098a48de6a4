"""Credentials at rest: sealed for one account, opened only to be sent.

The document is a plain dict here; `liveperson.read_credentials` alone knows what must be in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lpcontext.accounts.errors import CredentialsMissing
from lpcontext.accounts.models import Account
from lpcontext.sealing import SealBroken, Sealer


def seal_credentials(document: Mapping[str, Any], *, account_id: str, sealer: Sealer) -> bytes:
    return sealer.seal(json.dumps(dict(document)).encode(), purpose=_purpose(account_id))


def open_credentials(account: Account, *, sealer: Sealer) -> dict[str, Any]:
    """Raises CredentialsMissing, or SealBroken when no key opens them or they were sealed for another account."""
    if not account.sealed_credentials:
        raise CredentialsMissing
    opened = sealer.open(bytes(account.sealed_credentials), purpose=_purpose(account.id))
    document: dict[str, Any] = json.loads(opened)
    return document


def find_credentials_kind(account: Account, *, sealer: Sealer) -> str:
    """`oauth1`, `oauth2` or `login`; "" where there are none, or they do not open."""
    try:
        return str(open_credentials(account, sealer=sealer).get("kind", ""))
    except (CredentialsMissing, SealBroken):
        return ""


def set_credentials(account: Account, document: Mapping[str, Any], *, sealer: Sealer, now: datetime) -> None:
    """Give the account new credentials; trouble with the old ones is forgotten. Does not save."""
    account.sealed_credentials = seal_credentials(document, account_id=account.id, sealer=sealer)
    account.credentials_changed_at = now
    account.trouble, account.trouble_since = "", None


def reseal_credentials(account: Account, *, sealer: Sealer) -> bool:
    """Seal the same credentials with the newest key, in the database.

    False when there are none, or when somebody gave new ones meanwhile. Raises SealBroken.
    """
    if not account.sealed_credentials:
        return False
    resealed = seal_credentials(open_credentials(account, sealer=sealer), account_id=account.id, sealer=sealer)
    unchanged = type(account).objects.filter(pk=account.pk, sealed_credentials=account.sealed_credentials)
    return unchanged.update(sealed_credentials=resealed) == 1


def _purpose(account_id: str) -> str:
    # The account is part of it: whoever can write to the database cannot lend one account another's credentials.
    return f"accounts.credentials:{account_id}"
