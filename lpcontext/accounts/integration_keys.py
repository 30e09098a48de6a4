"""Integration keys: shown once, kept as a digest, found by it."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from datetime import datetime, timedelta

from django.db import Error as DatabaseTrouble
from django.db.models import Q

from lpcontext.accounts.models import Account, IntegrationKey, fit_name
from lpcontext.accounts.short_writes import short_write
from lpcontext.accounts.signals import rights_changed

log = logging.getLogger(__name__)

_KEY = re.compile(r"lpk_[A-Za-z0-9_-]{43}")
_USE_NOTED_EVERY = timedelta(hours=1)


def issue_key(account: Account, name: str) -> str:
    """A new key for /api/v1. This is the only time anybody sees it."""
    key = f"lpk_{secrets.token_urlsafe(32)}"
    IntegrationKey.objects.create(account=account, name=fit_name(name), digest=_digest(key))
    return key


def find_key(text: str) -> IntegrationKey | None:
    """The key with its account; None when unknown, revoked, or its account is paused.

    Found by digest: how long it takes says nothing of how near a guess was. 256 random bits need no slow hash.
    """
    if not _KEY.fullmatch(text):
        return None
    usable = IntegrationKey.objects.filter(revoked_at=None, account__is_active=True)
    return usable.select_related("account").filter(digest=_digest(text)).first()


def note_key_use(key: IntegrationKey, *, now: datetime) -> None:
    """Remember that the key is in use; written at most once an hour, however busy its server is.

    Whoever uses it does not wait for that: where the database is locked, its next use is noted.
    """
    if key.last_used_at is not None and key.last_used_at >= now - _USE_NOTED_EVERY:
        return
    try:
        with short_write():
            is_old = Q(last_used_at=None) | Q(last_used_at__lt=now - _USE_NOTED_EVERY)
            IntegrationKey.objects.filter(is_old, pk=key.pk).update(last_used_at=now)
    except DatabaseTrouble:
        log.info("the database is locked or away; the use of a key is noted later")


def revoke_key(key: IntegrationKey, *, now: datetime) -> None:
    """From now on the key opens nothing, and what it has opened closes. Revoking twice keeps the first time."""
    if IntegrationKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
        rights_changed.send(IntegrationKey)  # an update sends no signal of Django's


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
