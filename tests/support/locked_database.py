"""A database that answers and takes no write, as SQLite does while another process holds its lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import OperationalError


def refuse_writes(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    """For `connection.execute_wrapper`."""
    if sql.startswith(("INSERT", "UPDATE", "DELETE", "PRAGMA busy", "SAVEPOINT", "BEGIN")):
        raise OperationalError("database is locked")
    return execute(sql, *rest)
