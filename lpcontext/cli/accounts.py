"""`add-account`, `ticket`, `integration-key`. To be imported with Django set up, for it imports models."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import OperationalError, ProgrammingError

from lpcontext.accounts.errors import AccountsError, UnknownAccount
from lpcontext.accounts.integration_keys import issue_key
from lpcontext.accounts.models import Account
from lpcontext.accounts.registry import add_account, find_account
from lpcontext.cli.errors import CannotStart
from lpcontext.launch import issue_ticket
from lpcontext.liveperson import CredentialsUnreadable, read_credentials
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import shared_now_ms
from lpcontext.subjects import IdsRefused, Subject, read_subject


def run_add_account(account_id: str, *, name: str | None, credentials_file: str) -> None:
    """`-` as the file is standard input. Raises CannotStart."""
    document = _read_document(credentials_file)
    origins = document.pop("origins", None)
    try:
        read_credentials(document)
        _migrate_first()
        added = add_account(account_id=account_id, name=name, document=document, origins=origins, sealer=get_sealer())
    except (AccountsError, CredentialsUnreadable) as error:
        raise CannotStart(str(error)) from None
    click.echo(f"Account {added.account.id} {'added' if added.is_new else 'has its new credentials'}.")


def run_ticket(ids: Mapping[str, str], *, agent_name: str | None, origin: str | None) -> None:
    """`ids` as `subjects.read_subject` takes them, "" where not given. Raises CannotStart."""
    subject = _read_subject(ids)
    account = find_account_or_end(ids["account_id"])
    try:
        now_ms = shared_now_ms()
        ticket = issue_ticket(account, subject, now_ms=now_ms, agent_name=agent_name, origin=origin)
    except AccountsError as error:
        raise CannotStart(f"--origin {error}") from None
    click.echo(f"{settings.PUBLIC_URL}{ticket.path}")


def _read_subject(ids: Mapping[str, str]) -> Subject:
    """Raises CannotStart."""
    try:
        return read_subject(**ids)
    except IdsRefused as refused:
        raise CannotStart(f"--{refused.first.which}: {refused.first.sentence}") from None


def run_integration_key(account_id: str, *, name: str) -> None:
    """Raises CannotStart."""
    click.echo(issue_key(find_account_or_end(account_id), name))


def find_account_or_end(account_id: str) -> Account:
    """Raises CannotStart."""
    try:
        return find_account(account_id)
    except UnknownAccount as error:
        raise CannotStart(str(error)) from None
    except (OperationalError, ProgrammingError):
        raise CannotStart("The database is empty or unreachable; start once with: lpcontext up") from None


def _read_document(file: str) -> dict[str, Any]:
    """Raises CannotStart, which never repeats what the file holds."""
    try:
        document = json.loads(sys.stdin.read() if file == "-" else Path(file).read_text())
    except OSError:
        raise CannotStart("The credentials file cannot be read.") from None
    except ValueError:
        raise CannotStart("The credentials are not JSON; README.md shows their form.") from None
    if not isinstance(document, dict):
        raise CannotStart("The credentials must be a JSON object; README.md shows its form.")
    return document


def _migrate_first() -> None:
    """An account may be added before anything ever ran here."""
    from django.core.management import call_command

    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
