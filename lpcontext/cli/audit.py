"""`lpcontext audit prune`. To be imported with Django set up, for it imports models."""

from __future__ import annotations

import click
from django.conf import settings
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from lpcontext.audit.pruning import prune_records
from lpcontext.cli.errors import CannotStart


def run_prune() -> None:
    """Raises CannotStart."""
    try:
        removed = prune_records(now=timezone.now())
    except (OperationalError, ProgrammingError):
        raise CannotStart("The database is empty or unreachable; start once with: lpcontext up") from None
    click.echo(f"Removed {removed} records older than {settings.AUDIT_DAYS:g} days.")
