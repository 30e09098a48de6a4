"""Every process is notified at once of whatever may end a right; each looks for itself soon after all the same."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from lpcontext.accounts.models import Account, IntegrationKey, LaunchKey, Role
from lpcontext.accounts.rights import note_sign_out
from lpcontext.accounts.signals import rights_changed
from lpcontext.snapshots import MemoryUnavailable, publish_rights_change, shared_now_ms

log = logging.getLogger(__name__)


def connect_rights_notifications() -> None:
    """From now on. With Django set up; a second time does nothing."""
    for model in (Account, IntegrationKey, LaunchKey, Role, User):
        post_save.connect(_on_saved, sender=model, dispatch_uid="rights")
        post_delete.connect(_notify_on_commit, sender=model, dispatch_uid="rights")
    rights_changed.connect(_notify_on_commit, dispatch_uid="rights")
    user_logged_out.connect(_on_signed_out, dispatch_uid="rights")


def _on_saved(update_fields: frozenset[str] | None = None, **_: Any) -> None:
    if update_fields != frozenset({"last_login"}):  # whoever signs in ends nobody's right
        _notify_on_commit()


def _on_signed_out(user: Any = None, **_: Any) -> None:
    """`user` is None where nobody was signed in."""
    if user is not None:
        note_sign_out(user.pk, at_ms=shared_now_ms())
        _notify_on_commit()


def _notify_on_commit(**_: Any) -> None:
    """Once it stands in the database: others read it there."""
    transaction.on_commit(_notify)


def _notify() -> None:
    try:
        publish_rights_change()
    except MemoryUnavailable:
        log.warning("memory is unreachable; panels hear within half a minute that rights have changed")
