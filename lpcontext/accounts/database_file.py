"""SQLite's file belongs to nobody but its owner: it holds users' passwords as hashes, sealed credentials, sessions."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db.backends.signals import connection_created

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

_OTHERS = 0o077


def restrict_on_connection() -> None:
    """From now on every connection to a SQLite file restricts it to its owner, before anything is written."""
    connection_created.connect(_restrict_files, dispatch_uid="lpcontext.database_file")


def restrict_to_owner(path: str | os.PathLike[str]) -> None:
    """Take from group and others what they may do with our own file or folder; what is not there is left alone."""
    with suppress(FileNotFoundError):
        found = os.stat(path)
        if found.st_uid == os.geteuid() and found.st_mode & _OTHERS:
            os.chmod(path, found.st_mode & 0o7700)


def _restrict_files(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """SQLite makes the journal with the rights of the file; one that an older start left has those of then."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        for path in (name, f"{name}-wal", f"{name}-shm"):
            restrict_to_owner(path)
