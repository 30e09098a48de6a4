"""Launch keys: what proves a CRM's launches, found by the address that CRM was given."""

from __future__ import annotations

from datetime import datetime

from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.accounts.signals import rights_changed
from lpcontext.sealing import Sealer


def find_launch_key(slug: str, *, host: LaunchHost) -> LaunchKey | None:
    """The key with its account; None when unknown, revoked, another host's, or its account is paused."""
    usable = LaunchKey.objects.filter(revoked_at=None, account__is_active=True, host=host)
    return usable.select_related("account").filter(slug=slug).first()


def set_launch_secret(key: LaunchKey, secret: str, *, sealer: Sealer) -> None:
    """Does not save."""
    key.sealed_secret = sealer.seal(secret.encode(), purpose=_purpose(key))


def open_launch_secret(key: LaunchKey, *, sealer: Sealer) -> bytes:
    """Raises SealBroken, also where there is none."""
    return sealer.open(bytes(key.sealed_secret), purpose=_purpose(key))


def reseal_launch_secret(key: LaunchKey, *, sealer: Sealer) -> bool:
    """Seal the same secret with the newest key, in the database; False where there is none. Raises SealBroken."""
    if not key.sealed_secret:
        return False
    resealed = sealer.seal(open_launch_secret(key, sealer=sealer), purpose=_purpose(key))
    unchanged = LaunchKey.objects.filter(pk=key.pk, sealed_secret=key.sealed_secret)
    return unchanged.update(sealed_secret=resealed) == 1


def revoke_launch_key(key: LaunchKey, *, now: datetime) -> None:
    """From now on it proves nothing, and the panels opened with it close. Revoking twice keeps the first time."""
    if LaunchKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
        rights_changed.send(LaunchKey)  # an update sends no signal of Django's


def _purpose(key: LaunchKey) -> str:
    # Account, host and address are part of it: nobody who can write to the database moves a secret to another key.
    return f"accounts.launch-secret:{key.account_id}:{key.host}:{key.slug}"
